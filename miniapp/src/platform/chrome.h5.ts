/** The tab bar of the browser build lies outside the pages: it follows a class of the document (see index.html). */
export function paintChrome(theme: 'auto' | 'light' | 'dark'): void {
  const { classList } = document.documentElement;
  classList.remove('theme-auto', 'theme-light', 'theme-dark');
  classList.add(`theme-${theme}`);
}
