import { expect, test } from 'vitest'
import { confirmationTokenIn } from './confirmation-token.ts'

test.each([
  ['the token', 'AYADeMXLrPrNY2wqJAKsFNn-_=='],
  ['with blanks around', '  AYADeMXLrPrNY2wqJAKsFNn-_==\n'],
  ['enableUrl', 'https://iot.us-east-1.amazonaws.com/confirmdestination/AYADeMXLrPrNY2wqJAKsFNn-_%3D%3D'],
  ['of the embedded server', 'http://127.0.0.1:7400/confirmdestination/AYADeMXLrPrNY2wqJAKsFNn-_=='],
  ['what was called', 'https://example.com/hook/?confirmationToken=AYADeMXLrPrNY2wqJAKsFNn-_%3D%3D'],
  ['a line of a log', 'POST /hook/?a=1&confirmationToken=AYADeMXLrPrNY2wqJAKsFNn-_%3D%3D HTTP/1.1'],
  [
    'the body',
    '{"arn":"arn:aws:iot:…","confirmationToken":"AYADeMXLrPrNY2wqJAKsFNn-_==","enableUrl":"https://…","messageType":"DestinationConfirmation"}',
  ],
])('%s', (_, text) => expect(confirmationTokenIn(text)).toBe('AYADeMXLrPrNY2wqJAKsFNn-_=='))

test.each(['', 'https://example.com/hook', 'two words', '{"arn":"x"}'])('%j holds none', (text) =>
  expect(confirmationTokenIn(text)).toBeUndefined(),
)
