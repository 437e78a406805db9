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
[class*="st-key-head-"] { padding-bottom: .6rem; }
:is([class*="st-key-chart-"], [class*="st-key-head-"]) [class*="st-key-head-"] { padding-bottom: 0; }
.figures { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; list-style: none;
  margin: .2rem 0 .4rem !important; padding: 0 !important; }
.figures li { margin: 0 !important; padding: 0; }
.figures b { display: block; font-size: 1.6rem; font-weight: 680; line-height: 1.25;
  font-variant-numeric: tabular-nums; }
.figures span { font-size: .86rem; opacity: .72; }
[data-testid="stBottomBlockContainer"] { max-width: 1760px; padding: .6rem 2.2rem .9rem; }
.st-key-review-head { margin-top: -1.9rem; }
.st-key-review-head h1 { font-size: 1.3rem; padding: 0; line-height: 1.3; }
.st-key-review-head [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
.st-key-review-head [data-testid="stText"] { font-family: inherit; font-size: .88rem; }
.st-key-review-line [data-testid="stText"] { white-space: nowrap; }
.st-key-review-facts [data-testid="stText"], .st-key-review-facts [data-testid="stText"] * { white-space: nowrap;
  overflow: hidden; text-overflow: ellipsis; }
.st-key-review-facts [data-testid="stText"] { opacity: .78; }
.st-key-review-facts { margin-bottom: .1rem; }
.st-key-workbench { display: grid; gap: 1.1rem; grid-template-columns: minmax(0, 1.12fr) minmax(0, 1fr);
  align-items: start; }
.st-key-workbench:has(.st-key-guidelines) { grid-template-columns: minmax(0, 1.12fr) minmax(0, 1fr); }
.st-key-guidelines { position: fixed; inset: 0 auto 0 0; z-index: 1000000; width: 300px; overflow-y: auto;
  border-radius: 0; background: light-dark(#fff, #0e1117); }
.st-key-guidelines [data-testid="stMarkdownContainer"] { font-size: .88rem; line-height: 1.5; }
.st-key-guidelines :is(h4, h5) { padding: .4rem 0 .2rem; }
.st-key-guidelines h4 { font-size: 1.1rem; }
.st-key-guidelines h5 { font-size: .95rem; }
.st-key-guidelines ul { margin-left: 0; padding-left: 1rem; }
.st-key-guidelines li { margin: .3rem 0; padding: 0; }
.st-key-guidelines em { opacity: .8; }
.stApp:has(.st-key-guidelines):has([data-testid="stSidebar"][data-collapsed="true"]) [data-testid="stMain"] {
  padding-left: 300px; }
@media (min-width: 1600px) {
  .st-key-workbench:has(.st-key-guidelines) {
    grid-template-columns: minmax(0, 1.12fr) minmax(0, 1fr) minmax(0, .62fr); }
  .st-key-guidelines { position: static; width: auto; max-height: calc(100dvh - 250px); border-radius: 10px; }
  .stApp:has(.st-key-guidelines):has([data-testid="stSidebar"][data-collapsed="true"]) [data-testid="stMain"] {
    padding-left: 0; }
}
.st-key-review-line [data-testid="stMarkdownContainer"] p { margin: 0; }
.st-key-review-line [data-testid="stProgress"] > div:first-child { display: none; }
.st-key-history [data-testid="stText"] { font-family: inherit; font-size: .88rem; }
.st-key-history [data-testid="stHorizontalBlock"] { border-bottom: 1px solid rgb(128 128 128 / .18);
  padding: .1rem 0; }
.st-key-history [data-testid="stMarkdownContainer"], .st-key-history [data-testid="stMarkdownContainer"] p {
  margin: 0; }
[class*="st-key-card-"] a[data-testid="stPageLink-NavLink"]:not(:hover) { background: transparent; }
[class*="st-key-card-"] a[data-testid="stPageLink-NavLink"] p { font-weight: 400; }
.diff { font-size: .95rem; line-height: 1.6; }
.diff-words { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 76rem; }
.diff del { text-decoration: line-through; color: light-dark(#8c0f42, #ff9db6);
  background: light-dark(#fbe9ef, #3a1a26); border-radius: 3px; padding: 0 .15rem; }
.diff ins { text-decoration: underline; text-underline-offset: 3px; font-weight: 600;
  color: light-dark(#0b5c50, #8fe3c4); background: light-dark(#e2f4f0, #12312b); border-radius: 3px;
  padding: 0 .15rem; }
.diff-facts { list-style: none; display: flex; flex-wrap: wrap; gap: .15rem 1.4rem; margin: .4rem 0 0 !important;
  padding: 0 !important; font-size: .88rem; }
.diff-facts li { margin: 0 !important; padding: 0; }
.diff-facts small { opacity: .75; }
table.pairs { width: 100%; border-collapse: collapse; font-size: .9rem; }
table.pairs :is(td, th) { padding: .28rem .5rem; border-bottom: 1px solid rgb(128 128 128 / .2); text-align: left;
  vertical-align: top; line-height: 1.35; }
table.pairs th { font-weight: 600; opacity: .7; font-size: .82rem; }
table.pairs td:nth-child(2) { white-space: nowrap; }
table.pairs td:nth-child(2) small { opacity: .7; }
table.pairs :is(td, th):nth-child(odd) { width: 38%; }
table.pairs small { opacity: .75; }
table.pairs q { font-style: italic; opacity: .8; }
table.pairs .dot { display: inline-block; width: .6rem; height: .6rem; border-radius: 50%; margin-right: .35rem; }
[class*="st-key-captions-"] [data-testid="stText"] { font-family: inherit; font-size: .88rem; white-space: nowrap;
  overflow: hidden; text-overflow: ellipsis; opacity: .8; }
[class*="st-key-captions-"] [data-testid="stText"] * { white-space: nowrap; overflow: hidden;
  text-overflow: ellipsis; }
[class*="st-key-model-"] [data-testid="stText"] { font-family: inherit; font-size: .9rem; opacity: .8; }
@media (max-width: 1000px) {
  .stApp:not(:has(.st-key-guidelines)) [data-testid="stSidebar"][data-collapsed="false"] {
    width: 208px !important; min-width: 208px !important; }
  [data-testid="stMainBlockContainer"], [data-testid="stBottomBlockContainer"] { padding-left: 1.1rem;
    padding-right: 1.1rem; }
  .st-key-workbench { gap: .7rem; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .st-key-review-line [data-testid="stProgress"] { display: none; }
  .st-key-review-line button [data-testid="stMarkdownContainer"] { display: none; }
}
@media (max-width: 640px) { .st-key-workbench { grid-template-columns: minmax(0, 1fr); } }
</style>"""
