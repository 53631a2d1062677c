import { expect, test } from 'vitest'
import { deviceFolders } from './device-folders.ts'

const device = (thingName: string, certificateId: string) => ({
  thingName,
  certificateId: certificateId.padEnd(64, '0'),
  files: { 'device.cert.pem': thingName },
})

test('no two devices have one folder, on no file system', () => {
  const files = deviceFolders([
    device('pump-1', 'aaaaaaaa1'),
    device('Pump-1', 'bbbbbbbb1'),
    device('hall:2', 'cccccccc1'),
    device('NUL', 'dddddddd1'),
    device('-1-x', 'eeeeeeee1'),
  ])
  expect(Object.keys(files)).toEqual([
    'certificates.csv',
    'pump-1~aaaaaaaa/device.cert.pem',
    'Pump-1~bbbbbbbb/device.cert.pem',
    'hall%3A2/device.cert.pem',
    'NUL~dddddddd/device.cert.pem',
    '-1-x/device.cert.pem',
  ])
  expect(files['Pump-1~bbbbbbbb/device.cert.pem']).toBe('Pump-1')
  expect(files['certificates.csv']?.split('\r\n')).toEqual([
    'thing,certificate id,folder',
    `pump-1,${'aaaaaaaa1'.padEnd(64, '0')},pump-1~aaaaaaaa`,
    `Pump-1,${'bbbbbbbb1'.padEnd(64, '0')},Pump-1~bbbbbbbb`,
    `hall:2,${'cccccccc1'.padEnd(64, '0')},hall%3A2`,
    `NUL,${'dddddddd1'.padEnd(64, '0')},NUL~dddddddd`,
    `'-1-x,${'eeeeeeee1'.padEnd(64, '0')},'-1-x`, // a spreadsheet would compute it
    '',
  ])
})
