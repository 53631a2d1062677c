import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { presignMqttUrl } from '@thingdeck/sigv4'
import { ThingsPage } from './pages/things-page.ts'
import { stack } from './stack.ts'
import { expect, test } from './test.ts'

/** Whether a page gets an MQTT connection with the administrator's key, which every page knows. */
async function opensMqtt(page: Page): Promise<boolean> {
  const url = await presignMqttUrl({ url: `${stack.http.replace('http:', 'ws:')}/mqtt`, ...stack.sdk })
  return page.evaluate(
    (address) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(address, 'mqtt')
        socket.onopen = () => {
          socket.close()
          resolve(true)
        }
        socket.onerror = () => resolve(false)
      }),
    url,
  )
}

/** A page of another origin on this machine: to browsers the same site, so that the console's cookie goes along. */
async function foreignPage(): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('A page'))
  await once(server.listen(0, 'localhost'), 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('a page of another origin gets nothing out of the embedded server, the console does', async ({ page }) => {
  await using foreign = await foreignPage()
  await page.goto(foreign.url)
  expect(await opensMqtt(page)).toBe(false)

  // AWS lets every page read what its APIs answer.
  const read = await page.evaluate((url) => fetch(url).then(() => 'an answer', String), `${stack.http}/things`)
  expect(read).toContain('TypeError')

  await page.goto(stack.console)
  expect(await opensMqtt(page)).toBe(true)
})

test('a page of another origin gets nothing done by the console in the name of who is signed in there', async ({
  page,
}) => {
  const things = new ThingsPage(page)
  await things.enter('Ada')
  await using foreign = await foreignPage()
  await page.goto(foreign.url)

  const read = await page.evaluate(
    (url) => fetch(url, { mode: 'no-cors', credentials: 'include' }).then(() => 'an answer', String),
    `${stack.console}/api/session`,
  )
  expect(read).toContain('TypeError')

  const signOut = page.waitForResponse(`${stack.console}/auth/logout`)
  await page.evaluate((action) => {
    const form = document.createElement('form')
    Object.assign(form, { method: 'post', action })
    document.body.append(form)
    form.submit()
  }, `${stack.console}/auth/logout`)
  expect((await signOut).status()).toBe(403)
  await page.waitForURL(`${stack.console}/auth/logout`)

  await page.goto(foreign.url)
  await page.evaluate((src) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src }))
  }, stack.console)
  // A frame begins as an empty document, until it is known what becomes of its address.
  const framed = page.frameLocator('iframe').locator('html')
  await expect(async () => {
    expect(await framed.evaluate(() => document.location.href)).toContain('chrome-error://')
  }).toPass()

  await page.evaluate((href) => location.assign(href), `${stack.console}/things/pump-1`)
  await expect(things.heading('pump-1')).toBeVisible() // a link leads into the console, where Ada is still signed in
})
