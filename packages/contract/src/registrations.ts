import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { ThingName } from './things.ts'

/** So many names are looked for at once. */
export const MOST_NAMES_CHECKED = 100

const Names = Type.Array(ThingName, { maxItems: 1_000 })

/** What things are to be made with. */
export const RegistrationParts = Type.Object({
  thingTypeNames: Names,
  thingGroupNames: Names,
  billingGroupNames: Names,
})
export type RegistrationParts = Static<typeof RegistrationParts>

const REGISTRATION_PART_STATES = ['missing', 'deprecated', 'dynamic'] as const

/** Those alone that things cannot be made with as they are. */
export const RegistrationPartFindings = Type.Object({
  findings: Type.Array(
    Type.Object({
      kind: oneOf(['thing-type', 'thing-group', 'billing-group'] as const),
      name: Type.String(),
      state: oneOf(REGISTRATION_PART_STATES, {
        description:
          'missing: it can be made; deprecated: AWS makes no things of this type; dynamic: its query decides who is in it',
      }),
    }),
  ),
})
export type RegistrationPartFindings = Static<typeof RegistrationPartFindings>

export const registrationEndpoints = defineEndpoints({
  findTakenThingNames: {
    method: 'POST',
    path: '/api/registrations/taken-names',
    summary: 'Which of these names things have already',
    access: 'viewer',
    audit: false, // nothing is written
    body: Type.Object({ thingNames: Type.Array(ThingName, { minItems: 1, maxItems: MOST_NAMES_CHECKED }) }),
    answer: json(Type.Object({ takenNames: Type.Array(Type.String()) })),
  },
  checkRegistrationParts: {
    method: 'POST',
    path: '/api/registrations/parts/check',
    summary: 'Which types, groups and billing groups things cannot be made with as they are',
    access: 'viewer',
    audit: false, // nothing is written
    body: RegistrationParts,
    answer: json(RegistrationPartFindings),
  },
  createRegistrationParts: {
    method: 'POST',
    path: '/api/registrations/parts',
    summary: 'Makes types, static groups and billing groups that are missing, without any properties',
    access: 'admin',
    audit: 'CreateRegistrationParts',
    body: RegistrationParts,
    answer: EMPTY,
  },
})
