import { type CharacterTest, takeClass, takeEscape } from './character-class.ts'
import { FilterPatternError, Scanner } from './scanner.ts'
import { type Step, StepMachine } from './step-machine.ts'

/** Whether a regular expression is found in a text. */
export type RegexTest = (text: string) => boolean

/** What an expression is made of, before its repetitions are written out. */
type Node =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly nodes: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly least: number; readonly most: number }

/** Once `{2,9}` and the like are written out. */
const MOST_STEPS = 250

/**
 * `^ $ . [a-z] [^a-z] \d \D \s \S \w \W \xHH ( ) | ? * + {n} {n,} {n,m}`: what CloudWatch Logs takes. No group is remembered
 * and nothing looks ahead.
 * @param position where it begins in the pattern around it
 * @param isCaseIgnored whether letters of either case are meant
 * @throws {FilterPatternError}
 * @see Amazon CloudWatch Logs user guide, "Supported regular expressions (regex) syntax"
 */
export function parseRegex(source: string, position = 0, isCaseIgnored = false): RegexTest {
  const scanner = new Scanner(source)
  try {
    const node = takeChoice(scanner)
    if (!scanner.isAtEnd) scanner.fail(`Unexpected ${scanner.peek()} in a regular expression`)
    const steps: Step[] = []
    write(node, steps, scanner)
    steps.push({ kind: 'found' })
    const machine = new StepMachine(isCaseIgnored ? steps.map(ofEitherCase) : steps)
    return (text) => machine.finds(text)
  } catch (error) {
    if (error instanceof FilterPatternError) throw new FilterPatternError(position + error.position, error.message)
    throw error
  }
}

function ofEitherCase(step: Step): Step {
  if (step.kind !== 'character') return step
  const { test } = step
  const other = (code: number) => {
    const character = String.fromCharCode(code)
    const lower = character.toLowerCase()
    return (lower === character ? character.toUpperCase() : lower).charCodeAt(0)
  }
  return { kind: 'character', test: (code) => test(code) || test(other(code)) }
}

function takeChoice(scanner: Scanner): Node {
  const nodes = [takeSequence(scanner)]
  while (scanner.take('|')) nodes.push(takeSequence(scanner))
  return { kind: 'choice', nodes }
}

function takeSequence(scanner: Scanner): Node {
  const nodes: Node[] = []
  while (!scanner.isAtEnd && scanner.peek() !== '|' && scanner.peek() !== ')') nodes.push(takeRepeated(scanner))
  return { kind: 'sequence', nodes }
}

function takeRepeated(scanner: Scanner): Node {
  const node = takeOne(scanner)
  const [least, most] = takeCount(scanner) ?? [1, 1]
  if (scanner.peek() !== '' && '?*+'.includes(scanner.peek())) scanner.fail('A repetition cannot be repeated')
  return least === 1 && most === 1 ? node : { kind: 'repeat', node, least, most }
}

function takeCount(scanner: Scanner): readonly [number, number] | undefined {
  if (scanner.take('?')) return [0, 1]
  if (scanner.take('*')) return [0, Number.POSITIVE_INFINITY]
  if (scanner.take('+')) return [1, Number.POSITIVE_INFINITY]
  if (!scanner.take('{')) return undefined
  const least = takeNumber(scanner)
  const most = scanner.take(',') ? (scanner.peek() === '}' ? Number.POSITIVE_INFINITY : takeNumber(scanner)) : least
  if (most < least) scanner.fail(`{${least},${most}} ends before it begins`)
  scanner.expect('}')
  return [least, most]
}

function takeNumber(scanner: Scanner): number {
  const digits = scanner.takeWhile(/\d/)
  if (digits === '' || digits.length > 4) scanner.fail('Expected a number of repetitions')
  return Number(digits)
}

function takeOne(scanner: Scanner): Node {
  if (scanner.take('(')) {
    if (scanner.peek() === '?') scanner.fail('A group cannot begin with ? here')
    const node = takeChoice(scanner)
    scanner.expect(')')
    return node
  }
  if (scanner.take('^')) return { kind: 'start' }
  if (scanner.take('$')) return { kind: 'end' }
  if (scanner.take('.')) return { kind: 'character', test: (code) => code !== 0x0a }
  if (scanner.take('[')) return { kind: 'character', test: takeClass(scanner) }
  if (scanner.take('\\')) return { kind: 'character', test: takeEscape(scanner) }
  const character = scanner.peek()
  if ('?*+{'.includes(character)) scanner.fail(`There is nothing that ${character} could repeat`)
  scanner.take(character)
  const own = character.charCodeAt(0)
  return { kind: 'character', test: (code) => code === own }
}

function write(node: Node, steps: Step[], scanner: Scanner): void {
  if (steps.length > MOST_STEPS) scanner.fail('The regular expression repeats too much')
  switch (node.kind) {
    case 'sequence':
      for (const part of node.nodes) write(part, steps, scanner)
      return
    case 'choice':
      writeChoice(node.nodes, steps, scanner)
      return
    case 'repeat':
      writeRepeat(node, steps, scanner)
      return
    default:
      steps.push(node)
  }
}

function writeChoice(nodes: readonly Node[], steps: Step[], scanner: Scanner): void {
  const [only] = nodes
  if (nodes.length === 1 && only) {
    write(only, steps, scanner)
    return
  }
  const beginnings: number[] = []
  const ends: number[][] = []
  steps.push({ kind: 'fork', to: beginnings })
  for (const node of nodes) {
    beginnings.push(steps.length)
    write(node, steps, scanner)
    const to: number[] = []
    ends.push(to)
    steps.push({ kind: 'fork', to })
  }
  for (const to of ends) to.push(steps.length)
}

function writeRepeat(
  { node, least, most }: Extract<Node, { readonly kind: 'repeat' }>,
  steps: Step[],
  scanner: Scanner,
): void {
  for (let times = 0; times < least; times += 1) write(node, steps, scanner)
  if (most === Number.POSITIVE_INFINITY) {
    const [beginning, to]: [number, number[]] = [steps.length, []]
    steps.push({ kind: 'fork', to })
    to.push(steps.length)
    write(node, steps, scanner)
    steps.push({ kind: 'fork', to: [beginning] })
    to.push(steps.length)
    return
  }
  const skips: number[][] = []
  for (let times = least; times < most; times += 1) {
    const to = [steps.length + 1]
    skips.push(to)
    steps.push({ kind: 'fork', to })
    write(node, steps, scanner)
  }
  for (const to of skips) to.push(steps.length)
}
