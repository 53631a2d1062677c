import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

const answers = async (port: number) => (await fetch(`http://127.0.0.1:${port}/`)).text()

test('it is started when it is first asked for, and once for all who ask', async () => {
  const { made } = makeProcess()
  expect(made.pid).toBeUndefined()
  const ports = await Promise.all([made.port(), made.port()])
  expect(new Set(ports).size).toBe(1)
  expect(await answers(ports[0] ?? 0)).toMatch(/^healthy/)
})

test('one that died is started again, with what it kept', async () => {
  const { made } = makeProcess()
  await made.port()
  const { pid = 0 } = made
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(made.pid).toBeUndefined())
  expect(await answers(await made.port())).toMatch(/^healthy/)
  expect(made.pid).not.toBe(pid)
})

test('a reset ends it and takes its folder; it starts anew', async () => {
  const { made, folder } = makeProcess()
  await made.port()
  const { pid = 0 } = made
  made.reset()
  await made.port()
  expect(isAlive(pid)).toBe(false)
  expect(existsSync(folder)).toBe(true)
})

test('once it is closed it has ended, and is not started again', async () => {
  const { made } = makeProcess()
  await made.port()
  const { pid = 0 } = made
  await made.close()
  expect(isAlive(pid)).toBe(false)
  await expect(made.port()).rejects.toThrow('DynamoDB was closed')
})

test('closed while it starts, it is gone as well', async () => {
  const { made } = makeProcess()
  const starting = made.port()
  await vi.waitFor(() => expect(made.pid).toBeDefined())
  const { pid = 0 } = made
  await Promise.all([made.close(), starting.catch(() => {})])
  expect(isAlive(pid)).toBe(false)
})

test('a program that ends at its start is told of, and tried again', async () => {
  const { made } = makeProcess('./processes/ready.ts')
  await expect(made.port()).rejects.toThrow('DynamoDB ended at its start, with 0')
  await expect(made.port()).rejects.toThrow('DynamoDB ended at its start, with 0')
})
