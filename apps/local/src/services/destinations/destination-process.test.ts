import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { DestinationProcess } from './destination-process.ts'

function makeProcess(program = './processes/dynamodb.ts') {
  const parent = mkdtempSync(join(tmpdir(), 'destination-'))
  const folder = join(parent, 'dynamodb')
  const made = new DestinationProcess({
    title: 'DynamoDB',
    program: new URL(program, import.meta.url),
    environment: { AWS_ACCOUNT_ID: '123456789012', AWS_REGION: 'eu-west-1' },
    folder,
    log: pino({ level: 'silent' }),
  })
  onTestFinished(async () => {
    await made.close()
    rmSync(parent, { recursive: true, force: true })
  })
  return { made, folder }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function answers(socketPath: string): Promise<string> {
  const [response] = await once(get({ socketPath, path: '/' }), 'response')
  return text(response)
}

test('it is started when it is first asked for, and once for all who ask', async () => {
  const { made } = makeProcess()
  expect(made.pid).toBeUndefined()
  const sockets = await Promise.all([made.socket(), made.socket()])
  expect(new Set(sockets).size).toBe(1)
  expect(await answers(sockets[0] ?? '')).toMatch(/^healthy/)
})

test('one that died is started again, with what it kept', async () => {
  const { made } = makeProcess()
  await made.socket()
  const { pid = 0 } = made
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(made.pid).toBeUndefined(), { timeout: 20_000 })
  expect(await answers(await made.socket())).toMatch(/^healthy/)
  expect(made.pid).not.toBe(pid)
})

test('what it keeps is its owner’s alone, also where an earlier release left it open to all', async () => {
  const { made, folder } = makeProcess()
  mkdirSync(folder)
  chmodSync(folder, 0o755)
  await made.socket()
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('a reset ends it and takes its folder; it starts anew', async () => {
  const { made, folder } = makeProcess()
  await made.socket()
  const { pid = 0 } = made
  made.reset()
  await made.socket()
  expect(isAlive(pid)).toBe(false)
  expect(existsSync(folder)).toBe(true)
})

test('nobody else can reach it', async () => {
  const { made } = makeProcess()
  const socket = await made.socket()
  expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700)
  await made.close()
  expect(existsSync(dirname(socket))).toBe(false)
})

test('once it is closed it has ended, and is not started again', async () => {
  const { made } = makeProcess()
  await made.socket()
  const { pid = 0 } = made
  await made.close()
  expect(isAlive(pid)).toBe(false)
  await expect(made.socket()).rejects.toThrow('DynamoDB was closed')
})

test('closed while it starts, it is gone as well', async () => {
  const { made } = makeProcess()
  const starting = made.socket()
  await vi.waitFor(() => expect(made.pid).toBeDefined(), { timeout: 20_000 })
  const { pid = 0 } = made
  await Promise.all([made.close(), starting.catch(() => {})])
  expect(isAlive(pid)).toBe(false)
})

test('a program that ends at its start is told of, and tried again', async () => {
  const { made } = makeProcess('./processes/ready.ts')
  await expect(made.socket()).rejects.toThrow('DynamoDB ended at its start, with 0')
  await expect(made.socket()).rejects.toThrow('DynamoDB ended at its start, with 0')
})
