import { connectClient } from './mqtt-client.ts'
import { ThingsPage } from './pages/things-page.ts'
import { setClock, skewClock } from './skew-clock.ts'
import { expect, test } from './test.ts'
import { watch } from './watch-live.ts'

const HOUR_MS = 3_600_000

for (const hours of [2, -2]) {
  test(`a browser whose clock is ${hours} h off, and is then set: one connection, true ages, no message lost`, async ({
    page,
    context,
  }) => {
    await skewClock(context, hours * HOUR_MS)
    let fetches = 0
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/api/session/mqtt') fetches += 1
    })
    await using sender = await connectClient(`e2e-clock-${hours}`)
    const live = await watch(page, `e2e/clock${hours}/#`)
    const send = (text: string) => sender.client.publishAsync(`e2e/clock${hours}/a`, JSON.stringify(text), { qos: 1 })
    await send('before')
    await expect(live.messagesOf('before')).toBeVisible()

    const details = page.getByRole('dialog', { name: 'MQTT session' })
    await live.connection.click()
    await expect(details.getByText(/^expire in (5\d|60) min/)).toBeVisible()
    await expect(details.getByText(/^connected for ([4-9]|\d\d) s/)).toBeVisible()
    expect(fetches).toBe(1)

    await setClock(page, -hours * HOUR_MS)
    await send('after')
    await expect(live.messagesOf('after')).toBeVisible()
    // Set ahead, the machine may have slept as well: then the next answer of the server says which it was.
    await expect(details.getByText(/^connected for (\d\d s|\d+ min)/)).toBeVisible()
    expect(fetches).toBeLessThanOrEqual(2)
    await expect(details.getByText('none since this page was opened')).toBeVisible()
    await page.keyboard.press('Escape')

    const things = new ThingsPage(page)
    await things.goTo('Things')
    await expect(things.row('pump-1')).toContainText(/Connected (now|\d+ (s|min) ago)/)
  })
}
