/** What one tab tells the person's others, and those of whoever comes next in this browser. */
export type SessionNews =
  | { readonly kind: 'signed-in'; readonly personId: string }
  /** The session that they all share has ended. */
  | { readonly kind: 'signed-out' }

const CHANNEL = 'thingdeck.session'

/** Tells the other tabs of this browser, which ask the server then. */
export function tellTabs(news: SessionNews): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(news)
  channel.close()
}

/** Hears what other tabs tell. Answers what ends it. */
export function hearTabs(listener: (news: SessionNews) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<SessionNews>) => listener(data))
  return () => channel.close()
}
