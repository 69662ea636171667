/** The two kinds of browser there are: Chrome and Edge are of the first. What differs stands in docs/browsers.md. */
export type Engine = 'chromium' | 'firefox';
