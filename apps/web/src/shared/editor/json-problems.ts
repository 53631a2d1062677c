import { JsonParseError, type JsonTree, parseJsonTree } from '@thingdeck/json'
import type { TextCheck, TextProblem } from './text-problem.ts'

/** A text as our own lossless parser reads it, with the places of all values; or where and why it cannot. */
export function readJsonTree(text: string): { readonly tree: JsonTree } | { readonly problem: TextProblem } {
  try {
    return { tree: parseJsonTree(text) }
  } catch (error) {
    if (!(error instanceof JsonParseError)) throw error
    const from = Math.min(error.offset, text.length)
    return { problem: { severity: 'error', message: error.message, from, to: Math.min(from + 1, text.length) } }
  }
}

/** Keys that come twice in one object, of which only the last would count. */
export function doubledKeys({ members = [], items = [] }: JsonTree): readonly TextProblem[] {
  const last = new Map(members.map((member) => [member.key, member]))
  return [
    ...members.flatMap((member): readonly TextProblem[] => {
      const message = `The key ${JSON.stringify(member.key)} comes again below; only the last one would count`
      const doubled = { severity: 'error', message, from: member.from, to: member.keyTo } as const
      return [...(last.get(member.key) === member ? [] : [doubled]), ...doubledKeys(member.value)]
    }),
    ...items.flatMap(doubledKeys),
  ]
}

/** What keeps a text from being JSON that means what it says. An empty text is not written yet. */
export const jsonProblems: TextCheck = (text) => {
  if (text.trim() === '') return []
  const read = readJsonTree(text)
  return 'problem' in read ? [read.problem] : doubledKeys(read.tree)
}
