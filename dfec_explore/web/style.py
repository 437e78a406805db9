"""The little CSS that the theme can't say; it holds no data."""

STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding: 3.2rem 2.2rem 3rem; max-width: 1760px; }
[data-testid="stHeader"] { background: transparent; }
[data-testid="stSidebarUserContent"] { padding-top: .25rem; }
.st-key-page-head h1 { font-size: 1.75rem; padding: 0; line-height: 1.25; white-space: nowrap; }
.st-key-page-head [data-testid="stText"], .st-key-dataset-head [data-testid="stText"],
[class*="st-key-card-"] [data-testid="stText"], [class*="st-key-card-"] [data-testid="stText"] {
  font-family: inherit; opacity: .75; font-size: .92rem; padding-bottom: .2rem; }
.st-key-chips button { border-radius: 999px; min-height: 1.9rem; padding: .1rem .7rem; font-size: .85rem; }
[class*="st-key-head-"] h5 { padding: 0 0 .1rem; font-size: 1.02rem; font-weight: 650; line-height: 1.4; }
[class*="st-key-head-"] [data-testid="stCaptionContainer"] p { line-height: 1.4; margin: 0; }
[class*="st-key-head-"] [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
.st-key-page-head [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
[class*="st-key-chart-"] { margin-top: .4rem; }
.figures { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; list-style: none;
  margin: .2rem 0 .4rem !important; padding: 0 !important; }
.figures li { margin: 0 !important; padding: 0; }
.figures b { display: block; font-size: 1.6rem; font-weight: 680; line-height: 1.25;
  font-variant-numeric: tabular-nums; }
.figures span { font-size: .86rem; opacity: .72; }
[data-testid="stBottomBlockContainer"] { max-width: 1760px; padding: .6rem 2.2rem .9rem; }
.st-key-judging [data-testid="stPills"] button, .st-key-judging [data-testid="stButtonGroup"] button {
  min-height: 1.75rem; padding: .05rem .6rem; font-size: .84rem; }
.st-key-review-head { margin-top: -1.2rem; }
.st-key-review-head h1 { font-size: 1.35rem; padding: 0; }
.st-key-review-head [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
.st-key-review-head [data-testid="stText"] { font-family: inherit; font-size: .9rem; opacity: .78; }
</style>"""
