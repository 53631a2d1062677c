import type { Browser } from './browser.ts'

/** What a console answered; of a refusal its code, and what it says of it. */
export interface Answered<Answer> {
  readonly status: number
  readonly body: Answer & { readonly code?: string; readonly detail?: string }
}

/** Asks a console as a page of it does, in JSON. Of an answer without content the body is `{}`. */
export async function ask<Answer>(
  browser: Browser,
  consoleUrl: string,
  method: string,
  path: string,
  body?: object,
): Promise<Answered<Answer>> {
  const response = await browser.fetch(`${consoleUrl}${path}`, {
    method,
    headers: { origin: consoleUrl, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
}
