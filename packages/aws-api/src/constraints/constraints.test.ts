import * as cognitoIdentity from '@aws-sdk/client-cognito-identity'
import * as iam from '@aws-sdk/client-iam'
import * as iot from '@aws-sdk/client-iot'
import * as iotData from '@aws-sdk/client-iot-data-plane'
import * as iotJobsData from '@aws-sdk/client-iot-jobs-data-plane'
import * as sts from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import { toRegExp } from '../constraint.ts'
import { COGNITO_IDENTITY, type Constraint, IAM, IOT, IOT_DATA, IOT_JOBS_DATA, STS } from '../index.ts'
import { readService } from '../operation.ts'
import type { Shape } from '../shape.ts'

const SERVICES = [
  { title: 'iot', ...IOT, sdk: iot, handlers: {} },
  { title: 'iot-data', ...IOT_DATA, sdk: iotData, handlers: {} },
  { title: 'iot-jobs-data', ...IOT_JOBS_DATA, sdk: iotJobsData, handlers: {} },
  { title: 'cognito-identity', ...COGNITO_IDENTITY, sdk: cognitoIdentity, handlers: {} },
  { title: 'sts', ...STS, sdk: sts, handlers: {} },
  { title: 'iam', ...IAM, sdk: iam, handlers: {} },
]

describe.each(SERVICES)('$title', (service) => {
  const members = new Map<string, Shape>()
  const visit = (shape: Shape): void => {
    if (shape.kind === 'list' || shape.kind === 'map') visit(shape.value)
    if (shape.kind !== 'structure') return
    for (const member of shape.members) {
      const name = `${shape.name}.${member.name}`
      if (members.has(name)) continue
      members.set(name, member.shape)
      visit(member.shape)
    }
  }
  for (const operation of readService(service).operations.values()) visit(operation.input.shape)
  const rows = Object.entries<Constraint>(service.constraints)

  test.each(rows)('%s is a member of an input', (name) => {
    const found = members
      .keys()
      .some((member) => member === name || (!name.includes('.') && member.endsWith(`.${name}`)))
    expect(found).toBe(true)
  })

  /** A repetition of a repetition is what lets a hostile string take exponential time. */
  test.each(patternsOf(rows))('%s repeats no repetition', (pattern) => {
    expect(() => toRegExp(pattern)).not.toThrow()
    expect(pattern).not.toMatch(/[*+}][^()[\]]*\)[*+{]/)
  })

  test.each(rows)('%s: the constraint fits the type', (name, constraint) => {
    const kinds = new Set(
      members
        .entries()
        .filter(([member]) => member === name || (member.endsWith(`.${name}`) && !(member in service.constraints)))
        .map(([, shape]) => shape.kind),
    )
    const isText = constraint.pattern !== undefined || constraint.enumName !== undefined
    for (const kind of kinds) {
      if (isText) expect(kind).toBe('string')
      if (constraint.member) expect(kind).toBe('list')
      if (constraint.key || constraint.value) expect(kind).toBe('map')
      expect(['boolean', 'timestamp', 'structure']).not.toContain(Object.keys(constraint).length > 0 ? kind : '')
    }
  })
})

function patternsOf(rows: readonly (readonly [string, Constraint])[]): string[] {
  const within = ({ pattern, member, key, value }: Constraint): string[] => [
    ...(pattern === undefined ? [] : [pattern]),
    ...[member, key, value].flatMap((part) => (part ? within(part) : [])),
  ]
  return [...new Set(rows.flatMap(([, constraint]) => within(constraint)))]
}
