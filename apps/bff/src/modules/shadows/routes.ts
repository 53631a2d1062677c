import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { ShadowList, ShadowName, ThingName } from '@thingdeck/contract'
import type { Arns } from '../../aws/arns.ts'
import { isNamed } from '../../aws/error-name.ts'
import type { ShadowKey, Shadows } from '../../aws/shadows.ts'
import { noteOfAnswer, noteOfDeletion, noteOfUpdate, readBefore } from './audit-note.ts'

/** AWS takes 8 KB of state (30 KB when raised); names, token and white space come on top. */
const DOCUMENT_LIMIT_BYTES = 128 * 1024

const keyOf = (thingName: string, shadowName: string | undefined): ShadowKey => ({
  thingName,
  ...(shadowName !== undefined && { shadowName }),
})

export const shadowRoutes: FastifyPluginAsyncTypebox<{ shadows: Shadows; arns: Arns }> = async (
  app,
  { shadows, arns },
) => {
  const params = Type.Object({ thingName: ThingName })
  const querystring = Type.Object({ shadowName: Type.Optional(ShadowName) })
  const path = '/api/things/:thingName/shadow'

  // Documents pass through as text; parsing them here would round numbers beyond 2^53.
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: DOCUMENT_LIMIT_BYTES },
    (_request, body, done) => done(null, body),
  )

  app.get(
    '/api/things/:thingName/shadows',
    { config: { access: 'viewer' }, schema: { params, response: { 200: ShadowList } } },
    async ({ params: { thingName } }) => shadows.list(thingName),
  )

  app.get(
    path,
    {
      config: { access: 'viewer' },
      schema: {
        params,
        querystring: Type.Interface([querystring], {
          optional: Type.Optional(Type.Boolean({ description: 'Answers 204, not 404, where there is no shadow' })),
        }),
      },
    },
    async ({ params: { thingName }, query: { optional = false, shadowName } }, reply) => {
      try {
        return await reply.type('application/json').send(await shadows.get(keyOf(thingName, shadowName)))
      } catch (error) {
        if (optional && isNamed(error, 'ResourceNotFoundException')) return reply.code(204).send()
        throw error
      }
    },
  )

  app.post(
    path,
    {
      config: { access: 'operator', audit: 'UpdateThingShadow' },
      schema: { params, querystring, body: Type.String() },
    },
    async (request, reply) => {
      const key = keyOf(request.params.thingName, request.query.shadowName)
      request.noteAudit({ resource: arns.shadow(key) })
      request.noteAudit(noteOfUpdate(await readBefore(shadows, key, request.log), request.body))
      const answer = await shadows.update(key, request.body)
      request.noteAudit(noteOfAnswer(answer))
      return reply.type('application/json').send(answer)
    },
  )

  app.delete(
    path,
    { config: { access: 'operator', audit: 'DeleteThingShadow' }, schema: { params, querystring } },
    async (request, reply) => {
      const key = keyOf(request.params.thingName, request.query.shadowName)
      request.noteAudit({ resource: arns.shadow(key) })
      request.noteAudit(noteOfDeletion(await readBefore(shadows, key, request.log)))
      const answer = await shadows.delete(key)
      request.noteAudit(noteOfAnswer(answer))
      return reply.type('application/json').send(answer)
    },
  )
}
