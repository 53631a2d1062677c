import type { ClipboardEvent } from 'react'
import { fitsOneLine } from './field-value.ts'

/**
 * The whole text that a field of one line would hold after this paste, if it could: undefined where it can, and the
 * browser may go on. Otherwise the paste is taken over: the browser would drop the line breaks and say nothing.
 */
export function pastedLines(event: ClipboardEvent): string | undefined {
  const { target } = event
  const pasted = event.clipboardData.getData('text/plain')
  if (!(target instanceof HTMLInputElement) || fitsOneLine(pasted)) return undefined
  event.preventDefault()
  const { value, selectionStart, selectionEnd } = target
  return value.slice(0, selectionStart ?? value.length) + pasted + value.slice(selectionEnd ?? value.length)
}
