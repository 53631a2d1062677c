import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { type Browser, expect } from '@playwright/test'
import { connectClient } from './mqtt-client.ts'
import { test } from './test.ts'
import { watch } from './watch-live.ts'

/** A busy machine takes its time to stop a process: until then its threads go on. Only Linux tells. */
function isStopped(process: number): boolean {
  const threads = `/proc/${process}/task`
  if (!existsSync(threads)) return true
  const stateOf = (thread: string) => /\) (\S)/.exec(readFileSync(`${threads}/${thread}/stat`, 'utf8'))?.[1]
  return readdirSync(threads).every((thread) => stateOf(thread) === 'T')
}

/** Stops every page of the browser, as a machine does that sleeps; answers what wakes them. */
async function stopPages(browser: Browser): Promise<() => void> {
  const devtools = await browser.newBrowserCDPSession()
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  expect(pages.length).toBeGreaterThan(0)
  for (const id of pages) process.kill(id, 'SIGSTOP')
  await expect.poll(() => pages.every(isStopped)).toBe(true)
  return () => {
    for (const id of pages) process.kill(id, 'SIGCONT')
  }
}

test('a browser that stood still says for how long, what came meanwhile, and what is missing', async ({
  page,
  browser,
}) => {
  await using sender = await connectClient('e2e-standstill')
  const live = await watch(page, 'e2e/standstill/#')
  const clientId = await live.clientId()
  const dropped = Promise.withResolvers<void>()
  sender.client.on('message', (topic) => {
    if (topic.endsWith(`/disconnected/${clientId}`)) dropped.resolve()
  })
  await sender.client.subscribeAsync('$aws/events/presence/disconnected/#', { qos: 1 })
  const say = (text: string) => sender.client.publishAsync('e2e/standstill/a', text, { qos: 1 })
  await say('before')
  await expect(live.messagesOf('before')).toBeVisible()

  const wake = await stopPages(browser)
  try {
    await say('meanwhile')
    await dropped.promise
    await say('nobody was there')
  } finally {
    wake()
  }
  await expect(live.connection).toHaveAccessibleName(/live/)
  // The 45 s began with what the page had sent last, some seconds before it was stopped.
  await expect(live.messagesOf(/^stood still/)).toContainText(/\(([2-5]\d s|1 min)\)/)
  await expect(live.messagesOf(/^disconnected .*when is not known/)).toContainText(/\(([2-5]\d s|1 min)\)/)
  await say('after')
  await expect(live.messagesOf('after')).toBeVisible()
  await expect(live.messagesOf('nobody was there')).toHaveCount(0)
  const time = (text: string) => live.messagesOf(text).getByRole('gridcell').nth(1)
  await expect(time('before')).toHaveText(/^\d/)
  await expect(time('meanwhile')).toHaveText(/^≤\d/)
  await expect(time('after')).toHaveText(/^\d/)
  await live.open('meanwhile')
  await expect(live.detail).toContainText('≤ received ≤')
})
