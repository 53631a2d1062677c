/**
 * The token in whatever of the challenge a person copied: the token itself, the URL that confirms (`enableUrl`), the URL
 * that AWS IoT called (`…?confirmationToken=`), or the body of its request. Undefined: there is none in it.
 * Source: AWS IoT developer guide, "Confirming HTTP topic rule destinations".
 */
export function confirmationTokenIn(text: string): string | undefined {
  const pasted = text.trim()
  if (pasted.startsWith('{')) return tokenOfBody(pasted)
  const [, ofUrl] = /\/confirmdestination\/([^?#\s]+)/.exec(pasted) ?? []
  if (ofUrl !== undefined) return decoded(ofUrl)
  const [, ofQuery] = /[?&]confirmationToken=([^&#\s"]+)/.exec(pasted) ?? []
  if (ofQuery !== undefined) return decoded(ofQuery)
  return /^[^\s/:?&"{}]+$/.test(pasted) ? pasted : undefined
}

function tokenOfBody(text: string): string | undefined {
  const [, token] = /"confirmationToken"\s*:\s*"([^"]+)"/.exec(text) ?? []
  return token
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a per cent sign of its own
  }
}
