import type { BrowserContext, Page } from '@playwright/test'

const CHANNEL = 'test-clock'

/** In a page or its worker, before anything else: `Date` is so far off, and as far as it is told later on. */
function skew([channel, firstMs]: readonly [channel: string, firstMs: number]): void {
  let byMs = firstMs
  const TrueDate = Date
  globalThis.Date = new Proxy(TrueDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [TrueDate.now() + byMs] : given, newTarget),
    get: (target, name) => (name === 'now' ? () => target.now() + byMs : Reflect.get(target, name)),
  })
  new BroadcastChannel(channel).addEventListener('message', ({ data }) => {
    byMs = data
  })
}

/** The clock of the machine that the browser runs on is off by so much, for pages and for their workers. */
export async function skewClock(context: BrowserContext, byMs: number): Promise<void> {
  // An answer that a test hands on counts as one from the public network, which may not reach this machine unasked.
  await context.grantPermissions(['local-network-access'])
  await context.addInitScript(skew, [CHANNEL, byMs] as const)
  await context.route('**/mqtt.worker*.js', async (route) => {
    const response = await route.fetch()
    const { 'content-length': _, 'content-encoding': __, ...headers } = response.headers()
    const prelude = `(${skew})(${JSON.stringify([CHANNEL, byMs])});\n`
    await route.fulfill({ response, headers, body: prelude + (await response.text()) })
  })
}

/** Somebody sets it. */
export const setClock = (page: Page, byMs: number): Promise<void> =>
  page.evaluate(([channel, ms]) => new BroadcastChannel(channel).postMessage(ms), [CHANNEL, byMs] as const)
