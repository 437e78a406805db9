"""How error rates and agreement are worked out, for the page."""

RATE = """
**What counts.** One caption of a random plan counts once. Its verdict is the final one, where there is one, else what
its reviewers said under the plan. *Fix* and *reject* are errors, *accept* is none; a disputed caption counts by the
share of its reviewers who called it an error; *unsure* is left out of the rate and counted apart. Verdicts that were
not given under the plan never count: who opens captions by a flag, a filter or an eye for trouble finds more errors
than there are on average.

**The rate** is that of a stratified sample (combined ratio estimator): each judged caption stands for as many as its
stratum has for one that was judged [1]. Strata with too few judged captions are taken together.

**The interval** is Wilson's score interval [2] on the effective sample size [3, 4]: that of a simple random sample
that would be as precise, with the finite-population correction, since a few hundred captions are few: whoever has
judged them all knows the rate.

**Precision.** "More captions for ± x" supposes that the rate stays as it is now; it never asks for more than there
are.

1. W. G. Cochran, *Sampling Techniques*, 3rd edition, 1977, chapters 5, 5A and 6.
2. E. B. Wilson, "Probable inference, the law of succession, and statistical inference", *Journal of the American
   Statistical Association* 22, 1927, 209-212.
3. E. L. Korn, B. I. Graubard, "Confidence intervals for proportions with small expected number of positive counts
   estimated from survey data", *Survey Methodology* 24, 1998, 193-201.
4. N. Dean, M. Pagano, "Evaluating confidence interval methods for binomial proportions in clustered surveys",
   *Journal of Survey Statistics and Methodology* 3, 2015, 484-503.
"""

AGREEMENT = """
**The share of agreement** is that of agreeing pairs of verdicts on a caption, averaged over captions; it says nothing
of what chance alone would give.

**Krippendorff's alpha** [1] and **Cohen's kappa** [2] set agreement against what chance would give if everybody dealt
out their verdicts blindly, as often as they are seen here: 1 always the same, 0 as by chance, below 0 worse. Alpha
takes any number of reviewers and captions that not all have judged; kappa is of one pair. Krippendorff asks for 0.80,
and for 0.667 where conclusions are tentative.

**Gwet's AC1** [3] reckons chance otherwise: nearly always giving the same verdict is no chance agreement there. Where
nearly all captions are accepted, alpha and kappa can be near 0 although reviewers hardly ever differ (the kappa
paradox [4]); AC1 stays. Where verdicts are even, all three tell the same.

**Intervals** are percentile bootstrap intervals: captions are drawn again with replacement, 1,000 times (200 to 1,000
times where several thousand captions overlap). Final verdicts are not among what reviewers said. "Unsure" is a
verdict like the others.

1. K. Krippendorff, *Content Analysis*, 3rd edition, 2013, chapter 12; "Computing Krippendorff's alpha-reliability",
   2011.
2. J. Cohen, "A coefficient of agreement for nominal scales", *Educational and Psychological Measurement* 20, 1960,
   37-46.
3. K. L. Gwet, "Computing inter-rater reliability and its variance in the presence of high agreement", *British
   Journal of Mathematical and Statistical Psychology* 61, 2008, 29-48.
4. A. R. Feinstein, D. V. Cicchetti, "High agreement but low kappa", *Journal of Clinical Epidemiology* 43, 1990,
   543-549.
"""
