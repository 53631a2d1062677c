import { type Static, Type } from 'typebox'

/** Every failure of the API, as RFC 9457 `application/problem+json`. */
export const ProblemBody = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String({ description: "AWS's exception name where AWS refused, else one of docs/reference/errors.md" }),
  requestId: Type.String(),
  awsRequestId: Type.Optional(Type.String()),
  traceId: Type.Optional(Type.String({ description: 'Of the trace, where the console makes traces' })),
})
export type ProblemBody = Static<typeof ProblemBody>
