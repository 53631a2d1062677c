import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Sha256 } from '@aws-crypto/sha256-js'
import { CreateThingCommand, IoTClient, ListThingsCommand } from '@aws-sdk/client-iot'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'

const THINGS = 400
let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-integrity-'))
  file = join(folder, 'account.db')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function fill(): Promise<void> {
  await using local = await startLocal({ data: folder })
  const iot = new IoTClient(local.sdk)
  for (let index = 0; index < THINGS; index += 1) {
    await iot.send(new CreateThingCommand({ thingName: `thing-${index}` }))
  }
  iot.destroy()
}

/** Writes over what is there at that place of the database. */
function overwrite(at: number, bytes: Uint8Array): void {
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, bytes, 0, bytes.length, at)
  closeSync(descriptor)
}

/** As the administrator. */
async function integrityOf(local: Local): Promise<{ ok: boolean; problems: string[] }> {
  const url = new URL('/_local/integrity', local.urls.http)
  const { protocol, hostname, host, pathname: path } = url
  const signer = new SignatureV4({ ...local.sdk, service: 'iot', sha256: Sha256 })
  const { headers } = await signer.sign({ method: 'GET', protocol, hostname, path, headers: { host } })
  const response = await fetch(url, { headers })
  return (await response.json()) as { ok: boolean; problems: string[] } // as the route answers
}

test('whichever byte was changed while nobody had it open, the start says so, and what to do', {
  timeout: 60_000,
}, async () => {
  await fill()
  const original = readFileSync(file)
  const { size } = statSync(file)
  for (const at of [40, 5000, Math.floor(size / 2), size - 1]) {
    overwrite(at, Buffer.of((original[at] ?? 0) ^ 0x10))
    await expect(startLocal({ data: folder })).rejects.toThrow(
      `The database in the data directory ${folder} is damaged: it is not as this server left it; if you have changed it ` +
        `on purpose, delete ${file}.seal. Put back a copy of the directory; choose another directory with --data DIR`,
    )
    overwrite(at, original.subarray(at, at + 1))
  }
  await using local = await startLocal({ data: folder })
  const iot = new IoTClient(local.sdk)
  expect((await iot.send(new ListThingsCommand({ maxResults: 1 }))).things).toHaveLength(1)
  iot.destroy()
  expect(await integrityOf(local)).toMatchObject({ ok: true, problems: [] })
})

test('after a crash the structure is looked at; what that does not see, the look at all sees', async () => {
  await fill()
  rmSync(`${file}.seal`) // as after a crash, which leaves none
  const original = readFileSync(file)
  const pageBytes = original.readUInt16BE(16)

  // A page of a table is no page any more.
  const torn = Math.floor(original.length / pageBytes / 2) * pageBytes
  overwrite(torn, Buffer.alloc(64, 0xff))
  await expect(startLocal({ data: folder })).rejects.toThrow(/is damaged: .*Put back a copy of the directory/)
  overwrite(torn, original.subarray(torn, torn + 64))

  // A thing has another name, in one of the places where it stands.
  overwrite(original.lastIndexOf('thing-123'), Buffer.from('thing-923'))
  await using local = await startLocal({ data: folder })
  const report = await integrityOf(local)
  expect(report.ok).toBe(false)
  expect(report.problems.join()).toMatch(/^things: row \d+ missing from index/)
})

test('only the administrator may look', async () => {
  await using local = await startLocal()
  expect((await fetch(`${local.urls.http}/_local/integrity`)).status).toBe(403)
  expect(await integrityOf(local)).toMatchObject({ ok: true })
})
