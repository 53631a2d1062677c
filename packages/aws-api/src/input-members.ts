import { readService } from './operation.ts'
import type { Shape, StructureShape } from './shape.ts'

/**
 * What can be given to each operation of an SDK package: `tags`, `tags.Key`. Members of what lies in a list or a map stand
 * under the list's or map's own name; a structure within itself is not followed.
 */
export function inputMembers(sdk: object): ReadonlyMap<string, readonly string[]> {
  const { operations } = readService({ sdk, handlers: {}, signingNames: [] })
  return new Map(Array.from(operations.values(), ({ name, input }) => [name, membersOf(input.shape, [])]))
}

function membersOf({ name, members }: StructureShape, within: readonly string[]): string[] {
  if (within.includes(name)) return []
  return members.flatMap((member) => {
    const structure = structureIn(member.shape)
    const inner = structure ? membersOf(structure, [...within, name]) : []
    return [member.name, ...inner.map((path) => `${member.name}.${path}`)]
  })
}

function structureIn(shape: Shape): StructureShape | undefined {
  if (shape.kind === 'list' || shape.kind === 'map') return structureIn(shape.value)
  return shape.kind === 'structure' ? shape : undefined
}
