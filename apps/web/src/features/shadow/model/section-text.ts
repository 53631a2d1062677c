import {
  applyTextEdits,
  editJsonText,
  isJsonArray,
  isJsonObject,
  JsonObject,
  type JsonTree,
  type JsonValue,
  jsonByteLength,
  stringifyJson,
} from '@thingdeck/json'
import { SHADOW_LIMITS } from '@thingdeck/shadows'
import { doubledKeys, readJsonTree } from '../../../shared/editor/json-problems.ts'
import type { TextProblem } from '../../../shared/editor/text-problem.ts'

/** One section of a shadow as text that somebody may be typing. */
export interface SectionText {
  readonly text: string
  /** What the text means, null for removed keys included; undefined while it is not a JSON object. */
  readonly value: JsonObject | undefined
  readonly problems: readonly TextProblem[]
}

/** An empty section is no section: `{}` and nothing are the same to a shadow service. */
export function formatSection(section: JsonObject | undefined): string {
  return stringifyJson(section ?? JsonObject.EMPTY, { indent: 2 })
}

/** Reads a text and finds all that AWS would refuse in it, but for the size, which both sections share. */
export function readSectionText(text: string): SectionText {
  if (text.trim() === '') return { text, value: JsonObject.EMPTY, problems: [] }
  const read = readJsonTree(text)
  if ('problem' in read) return { text, value: undefined, problems: [read.problem] }
  const { tree } = read
  if (!isJsonObject(tree.value)) {
    const message = 'A section is an object: its text begins with { and ends with }'
    return { text, value: undefined, problems: [{ severity: 'error', message, from: tree.from, to: tree.to }] }
  }
  const problems = [...doubledKeys(tree)]
  findProblems(tree, 1, false, problems)
  return { text, value: tree.value, problems }
}

/**
 * Rules of "Device Shadow service documents" and the quotas: no null in an array, at most eight levels.
 */
function findProblems(node: JsonTree, level: number, isInArray: boolean, problems: TextProblem[]): void {
  const { value, from, to } = node
  const isContainer = isJsonArray(value) || isJsonObject(value)
  if (isContainer && level > SHADOW_LIMITS.maxDepth) {
    const message = `AWS takes at most ${SHADOW_LIMITS.maxDepth} levels of nesting`
    problems.push({ severity: 'error', message, from, to: from + 1 })
    return
  }
  if (value === null) {
    problems.push(
      isInArray
        ? { severity: 'error', message: 'A shadow takes no null in an array', from, to }
        : { severity: 'info', message: 'null removes this key', from, to },
    )
  }
  for (const member of node.members ?? []) findProblems(member.value, level + 1, false, problems)
  for (const item of node.items ?? []) findProblems(item, level + 1, true, problems)
}

/** The same text, made to mean `target`: white space, spelling and a cursor in it stay where they can. */
export function retargetSection(section: SectionText, target: JsonObject | undefined): SectionText {
  const value = target ?? JsonObject.EMPTY
  if (section.text.trim() === '') return value.size === 0 ? section : readSectionText(formatSection(value))
  const edits = editJsonText(section.text, value)
  return edits.length === 0 ? section : readSectionText(applyTextEdits(section.text, edits))
}

export function hasErrors({ problems }: SectionText): boolean {
  return problems.some(({ severity }) => severity === 'error')
}

/** Of one value in AWS's measure. */
export const sizeOf = (value: JsonValue): number => jsonByteLength(value)
