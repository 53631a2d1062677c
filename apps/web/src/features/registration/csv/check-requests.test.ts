import { expect, test } from 'vitest'
import { makeKeyPair } from '../../../shared/certificate/key-pair.ts'
import { toPem } from '../../../shared/certificate/pem.ts'
import { Pkcs10CertificateRequestGenerator } from '../../../shared/certificate/x509.ts'
import { checkLines } from './check-lines.ts'
import { requestProblems } from './check-requests.ts'
import { guessColumns } from './columns.ts'
import { parseCsv } from './parse-csv.ts'

const requestOf = async (name: string): Promise<string> => (await makeKeyPair('EC P-256', name)).requestPem

async function requestOfShortKey(): Promise<string> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]) }
  const keys = await crypto.subtle.generateKey({ ...algorithm, modulusLength: 1_024 }, true, ['sign', 'verify'])
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: 'CN=short',
    keys,
    signingAlgorithm: algorithm,
  })
  return toPem('CERTIFICATE REQUEST', request.rawData)
}

/** With another last character of its signature. */
const changed = (pem: string): string =>
  pem.replace(/(.)(.)(=*\n-----END)/, (_, before: string, last: string, end: string) => {
    return `${before === 'A' ? 'B' : 'A'}${last}${end}`
  })
/** Without a line of it. */
const cut = (pem: string): string => pem.split('\n').toSpliced(2, 1).join('\n')

test('requests that AWS would not sign are all told of before anything is made, and those of one key', async () => {
  const twice = await requestOf('twice')
  const requests = {
    right: await requestOf('right'),
    changed: changed(await requestOf('changed')),
    cut: cut(await requestOf('cut')),
    first: twice,
    second: twice,
    short: await requestOfShortKey(),
    without: '',
  }
  const rows = Object.entries(requests).map(([name, pem]) => `${name},"${pem.replaceAll('\n', '\\n')}"`)
  const table = parseCsv(['name,csr', ...rows].join('\n'))
  const lines = checkLines(table, guessColumns(table.header?.cells ?? []))
  expect(lines.flatMap(({ problems }) => problems)).toEqual([])
  expect([...(await requestProblems(lines))]).toEqual([
    ['changed', 'The request is not whole: a part of it was lost or changed since it was made.'],
    ['cut', 'The request is not whole: a part of it was lost or changed since it was made.'],
    ['second', 'Its key is that of the request in line 5: each device has its own.'],
    ['short', 'Its key is of a kind that AWS does not sign: RSA of 2048 bits or more, P-256, P-384 or P-521.'],
  ])
})
