import encodeQR from 'qr'
import decodeQR from 'qr/decode.js'
import { expect, test } from 'vitest'
import { addressForPhone, connectionFacts, isOfThisMachine } from './qr-content.ts'

test('the address and the facts come out of the code as they went in, and no code has a key', () => {
  const id = '5f'.repeat(32)
  for (const text of [
    addressForPhone('https://console.example.com', 'pump-7:hall_2', id),
    connectionFacts({ host: 'a1b2-ats.iot.eu-west-1.amazonaws.com', port: 8883 }, 'pump-7', id),
  ]) {
    expect(decodeQR(imageOf(text))).toBe(text)
  }
})

/** As a camera sees it: four pixels a module, white around it. */
function imageOf(text: string) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
  const size = rows.length * 4
  const data = new Uint8ClampedArray(size * size * 4)
  for (let at = 0; at < size * size; at += 1) {
    const isDark = rows[Math.floor(at / size / 4)]?.[Math.floor((at % size) / 4)] === true
    data.fill(isDark ? 0 : 255, at * 4, at * 4 + 3)
    data[at * 4 + 3] = 255
  }
  return { width: size, height: size, data }
}

test('a console that is open as this machine is nothing for a phone', () => {
  expect(['localhost', '127.0.0.1', '[::1]', 'console.localhost'].every(isOfThisMachine)).toBe(true)
  expect(isOfThisMachine('console.example.com')).toBe(false)
})
