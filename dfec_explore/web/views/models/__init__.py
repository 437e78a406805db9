"""The pages about models: the leaderboard, two models side by side, and where a model fails."""
