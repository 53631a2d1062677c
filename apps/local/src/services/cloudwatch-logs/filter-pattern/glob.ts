/** Whether a text is of this form, where `*` stands for any run of characters. Takes time of the texts' product at most. */
export function matchesGlob(form: string, text: string): boolean {
  const parts = form.split('*')
  const [first = ''] = parts
  if (parts.length === 1) return form === text
  const last = parts.at(-1) ?? ''
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= text.length - last.length
}
