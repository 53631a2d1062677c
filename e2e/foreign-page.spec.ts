import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { presignMqttUrl } from '@thingdeck/sigv4'
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

test('a page of another origin gets nothing out of the embedded server, the console does', async ({ page }) => {
  const foreign = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('A page'))
  await once(foreign.listen(0, 'localhost'), 'listening')
  await page.goto(`http://localhost:${(foreign.address() as AddressInfo).port}/`)
  expect(await opensMqtt(page)).toBe(false)

  // AWS lets every page read what its APIs answer.
  const read = await page.evaluate((url) => fetch(url).then(() => 'an answer', String), `${stack.http}/things`)
  expect(read).toContain('TypeError')
  foreign.close()

  await page.goto(stack.console)
  expect(await opensMqtt(page)).toBe(true)
})
