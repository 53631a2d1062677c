// @vitest-environment node
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PageHelp } from '../shared/help/help.ts'
import { assemble } from './assemble.ts'
import { FEATURES } from './features.ts'

const SOURCES = join(import.meta.dirname, '..')
const DOCS = join(import.meta.dirname, '../../../../docs')
const { pages } = assemble(FEATURES)

/** Of each page, by its address. */
const HELP: ReadonlyMap<string, PageHelp<Readonly<Record<string, string>>>> = new Map(
  await Promise.all(
    pages.map(async ({ path, help }) => {
      if (!help) throw new Error(`The page ${path} has no help.`)
      return [path, await help()] as const
    }),
  ),
)

test('every page has help that says what it is for, how its jobs are done, and what to do when it is empty or refused', () => {
  for (const [path, { about, tasks, trouble, links }] of HELP) {
    expect(about, path).toMatch(/\.$/)
    for (const many of [tasks, Object.keys(trouble), links]) expect(many.length, path).toBeGreaterThan(0)
    const texts = [about, ...tasks.flatMap(({ how }) => how), ...Object.values(trouble)]
    for (const text of texts) expect(text.split('`').length % 2, `${path}: ${text}`).toBe(1)
  }
})

test('what help names of a page, the console says', () => {
  const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/help\.ts$|\.test\.tsx?$/.test(file))
    .map((file) => readFileSync(join(SOURCES, file), 'utf8'))
  for (const [path, help] of HELP) {
    for (const [, words = ''] of JSON.stringify(help).matchAll(/\*\*([^*]+)\*\*/g)) {
      expect(
        sources.some((text) => text.includes(words)),
        `${path}: ${words}`,
      ).toBe(true)
    }
  }
})

test('each link to the documentation leads to a heading that is there', () => {
  for (const [path, { links }] of HELP) {
    for (const { file, heading } of links) {
      const source = join(DOCS, `${file}.md`)
      expect(existsSync(source), `${path} leads to ${file}`).toBe(true)
      if (heading !== undefined) expect(headingsOf(source), `${path} leads to ${file}`).toContain(heading)
    }
  }
})

test('a command names what the page is about, whatever that holds, and a shell reads it so', () => {
  const name = `it's "$HOME"`
  for (const [path, { commands }] of HELP) {
    if (!commands?.length) continue // they are of the page in general
    const texts = commands(paramsOf(path, name)).map(({ text }) => text)
    const script = texts.map((text) => `set -- ${text}; printf '%s\\n' "$@"`).join('\n')
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }), path).toContain(name)
  }
})

test('commands are those of the AWS CLI: operations and members that the SDK has', () => {
  for (const [path, { commands }] of HELP) {
    for (const { text } of commands?.(paramsOf(path, 'x')) ?? []) {
      const [, service = '', operation = ''] = /^aws ([\w-]+) ([\w-]+)/.exec(text) ?? []
      if (`${service} ${operation}` === 'logs tail') continue // the CLI's own
      const { operations, members } = sdkOf(service)
      expect(operations, text).toContain(`${joined(operation)}command.d.ts`)
      for (const [, option = ''] of text.matchAll(/ --(?!cli-)(?:no-)?([\w-]+)/g)) {
        if (!OF_THE_CLI.includes(option)) expect(members, text).toContain(joined(option))
      }
    }
  }
})

const paramsOf = (path: string, value: string) =>
  Object.fromEntries(Array.from(path.matchAll(/\$(\w+)/g), ([, name = '']) => [name, value]))

/** Options that the CLI has beside the members of the request. */
const OF_THE_CLI = ['certificate-pem-outfile', 'private-key-outfile', 'template-body-file']

const SDK = join(import.meta.dirname, '../../../../node_modules/@aws-sdk')
const SDK_NAMES: Readonly<Record<string, string>> = {
  'iot-data': 'iot-data-plane',
  'iot-jobs-data': 'iot-jobs-data-plane',
  logs: 'cloudwatch-logs',
}

/** Names in lower case: of the files of its operations, and of all members that its types have. */
const sdkOf = memoized((service: string) => {
  const types = join(SDK, `client-${SDK_NAMES[service] ?? service}`, 'dist-types')
  const models = readdirSync(join(types, 'models')).map((file) => readFileSync(join(types, 'models', file), 'utf8'))
  const members = models.flatMap((text) => Array.from(text.matchAll(/^ +(\w+)\??: /gm), ([, name = '']) => name))
  return {
    operations: readdirSync(join(types, 'commands')).map((file) => file.toLowerCase()),
    members: new Set(members.map((name) => name.toLowerCase())),
  }
})

function memoized<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}

const joined = (words: string): string => words.replaceAll('-', '')

/** As GitHub and the site of the documentation address them. */
const headingsOf = (file: string): readonly string[] =>
  Array.from(readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm), ([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
