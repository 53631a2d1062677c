import { type Static, Type } from 'typebox'
import { CertificateId } from './certificates.ts'
import { defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { ProvisioningFunctionArn, ProvisioningTemplateName } from './provisioning-templates.ts'

/** Names of the registry as a template made them: AWS alone says whether they are valid. */
const MadeName = Type.String({ minLength: 1, maxLength: 2_048 })

/** So many groups, or policies, of one device are looked at (a thing is in no more static groups). */
const MOST_NAMES = 20

/** What is there, of what a device would be given. */
export const ProvisioningSurroundingsQuestion = Type.Object({
  thingName: Type.Optional(MadeName),
  thingTypeName: Type.Optional(MadeName),
  thingGroups: Type.Array(MadeName, { maxItems: MOST_NAMES }),
  billingGroup: Type.Optional(MadeName),
  policyNames: Type.Array(MadeName, { maxItems: MOST_NAMES }),
  certificateId: Type.Optional(CertificateId),
  packageVersions: Type.Array(Type.Object({ packageName: MadeName, versionName: MadeName }), { maxItems: MOST_NAMES }),
})
export type ProvisioningSurroundingsQuestion = Static<typeof ProvisioningSurroundingsQuestion>

/** `unknown`: the console may not read it, with AWS's words; `not-a-name`: AWS takes no such name. */
const Presence = Type.Object({
  name: Type.String(),
  presence: oneOf(['there', 'missing', 'not-a-name', 'unknown', 'unfit'] as const),
  message: Type.Optional(
    Type.String({ description: 'Why it is unknown, no name, or unfit (a dynamic group, a deprecated type)' }),
  ),
})
export type ProvisioningPresence = Static<typeof Presence>

export const ProvisioningSurroundings = Type.Object({
  thing: Type.Optional(
    Type.Interface([Presence], {
      thing: Type.Optional(
        Type.Object({
          attributes: Type.Record(Type.String(), Type.String()),
          thingTypeName: Type.Optional(Type.String()),
          billingGroup: Type.Optional(Type.String()),
          thingGroups: Type.Array(Type.String(), { description: 'Static ones that it is in directly' }),
        }),
      ),
    }),
  ),
  thingType: Type.Optional(Presence),
  thingGroups: Type.Array(Presence),
  billingGroup: Type.Optional(Presence),
  policies: Type.Array(Presence),
  packageVersions: Type.Array(Presence, { description: 'In the order asked; the name is that of the package' }),
  certificate: Type.Optional(Type.Interface([Presence], { status: Type.Optional(Type.String()) })),
})
export type ProvisioningSurroundings = Static<typeof ProvisioningSurroundings>

/** Whether AWS IoT may call a function for a template, as the function's own policy has it. */
export const ProvisioningHookCheck = Type.Object({
  isFound: Type.Boolean({ description: 'Whether there is such a function' }),
  decision: oneOf(['ALLOWED', 'EXPLICIT_DENY', 'IMPLICIT_DENY', 'UNKNOWN'] as const),
  why: Type.String(),
  timeoutSeconds: Type.Optional(Type.Integer({ description: 'Of the function; AWS IoT waits for five' })),
  state: Type.Optional(Type.String({ description: "Lambda's word" })),
})
export type ProvisioningHookCheck = Static<typeof ProvisioningHookCheck>

const Parameters = Type.Record(Type.String({ maxLength: 2_048 }), Type.String({ maxLength: 4_096 }), {
  maxProperties: 200,
})

/** What AWS IoT sends a pre-provisioning hook (AWS IoT Core developer guide, "Pre-provisioning hooks"). */
export const ProvisioningHookEvent = Type.Object({
  claimCertificateId: Type.String({ maxLength: 64 }),
  certificateId: Type.String({ maxLength: 64 }),
  certificatePem: Type.String({ maxLength: 65_536 }),
  templateArn: Type.String({ maxLength: 2_048 }),
  clientId: Type.String({ maxLength: 128 }),
  parameters: Parameters,
})
export type ProvisioningHookEvent = Static<typeof ProvisioningHookEvent>

/** What a function answered. */
export const ProvisioningHookAnswer = Type.Object({
  payload: Type.String({ description: 'As it came' }),
  functionError: Type.Optional(Type.String({ description: "Lambda's word, where the function failed" })),
  durationMs: Type.Number({ description: 'As the console measured it' }),
})
export type ProvisioningHookAnswer = Static<typeof ProvisioningHookAnswer>

export const provisioningTrialEndpoints = defineEndpoints({
  readProvisioningSurroundings: {
    method: 'POST',
    path: '/api/provisioning-surroundings',
    summary: 'Which of the resources that a device would be given there are, and how they are',
    access: 'viewer',
    audit: false, // it reads
    body: ProvisioningSurroundingsQuestion,
    answer: json(ProvisioningSurroundings),
  },
  checkProvisioningHook: {
    method: 'GET',
    path: '/api/provisioning-hook-check',
    summary: 'Whether AWS IoT may call a function before it provisions devices by a template',
    access: 'viewer',
    query: Type.Object({ functionArn: ProvisioningFunctionArn, templateName: Type.Optional(ProvisioningTemplateName) }),
    answer: json(ProvisioningHookCheck),
  },
  tryProvisioningHook: {
    method: 'POST',
    path: '/api/provisioning-hook-trials',
    summary: 'Runs the function of a hook with the event that AWS IoT would send it',
    access: 'admin',
    audit: 'InvokeFunction',
    body: Type.Object({ functionArn: ProvisioningFunctionArn, event: ProvisioningHookEvent }),
    answer: json(ProvisioningHookAnswer),
  },
})
