// The page of jsdom outlives a file, as libraries do: each file begins with nothing on it and nothing stored. Files
// that run without a page have none to clear.
if (typeof document !== 'undefined') {
  document.head.replaceChildren()
  document.body.replaceChildren()
  localStorage.clear()
  sessionStorage.clear()
}
