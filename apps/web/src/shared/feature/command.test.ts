import { expect, test } from 'vitest'
import { type Command, matchCommands } from './command.ts'

const command = (group: Command['group'], title: string): Command => ({ id: title, group, title })
const COMMANDS = [
  command('Actions', 'Use the light theme'),
  command('Pages', 'Live messages'),
  command('Pages', 'Settings'),
  command('Things', 'street-light-1'),
  command('Things', 'light-2'),
]
const titles = (text: string) => matchCommands(COMMANDS, text).map(({ title }) => title)

test.each([
  ['', ['street-light-1', 'light-2', 'Live messages', 'Settings', 'Use the light theme']],
  ['light', ['light-2', 'street-light-1', 'Use the light theme']],
  ['LIVE', ['Live messages']],
  ['theme light', ['Use the light theme']],
  ['nothing', []],
])('%j finds %j', (text, expected) => {
  expect(titles(text)).toEqual(expected)
})
