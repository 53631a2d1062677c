import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { namePieces } from './name-breaks.ts'
import { NameText } from './name-text.tsx'

afterEach(cleanup)

test.each([
  ['telemetryIntervalSeconds', ['telemetry', 'Interval', 'Seconds']],
  ['MQTTSession', ['MQTT', 'Session']],
  ['net.wifi_rssi', ['net.', 'wifi_', 'rssi']],
  ['pump-7~config', ['pump-', '7~', 'config']],
  ['dt/pump-7//state', ['dt/', 'pump-', '7//', 'state']],
  [
    'arn:aws:iot:eu-west-1:123456789012:thing/A',
    ['arn:', 'aws:', 'iot:', 'eu-', 'west-', '1:', '123456789012:', 'thing/', 'A'],
  ],
  ['device+read=only,v2@hall', ['device+', 'read=', 'only,', 'v2@', 'hall']],
  ['__proto__', ['__', 'proto__']],
  ['größeÄndern', ['größe', 'Ändern']],
  ['plain', ['plain']],
  ['', ['']],
])('a line of %j ends between its words', (name, pieces) => {
  expect(namePieces(name)).toEqual(pieces)
  expect(namePieces(name).join('')).toBe(name)
})

test('what is selected is the name, and what cannot be seen is told', () => {
  const { container } = render(<NameText text={'fanSpeed\u202eMax'} />)
  expect(container.textContent).toBe('fanSpeed\\u202EMax')
  expect(container.innerHTML).toBe(
    'fan<wbr>Speed<span class="td-escaped" title="U+202E RIGHT-TO-LEFT OVERRIDE">\\u202E</span>Max',
  )
})
