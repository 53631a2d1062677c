import { endpoints } from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import { shadowKey } from '../../aws/shadows.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { noteOfAnswer, noteOfDeletion, noteOfUpdate, readBefore } from './audit-note.ts'

/** Shadows over REST. Documents pass through as text, and each write is noted with what was there before. */
export const shadows: Module = {
  name: 'shadows',
  routes(app, { aws: { shadows, arns } }) {
    route(app, endpoints.listShadows, async ({ params: { thingName } }) => shadows.list(thingName))

    route(app, endpoints.getShadow, async ({ params: { thingName }, query: { optional = false, shadowName } }) => {
      try {
        return await shadows.get(shadowKey(thingName, shadowName))
      } catch (error) {
        if (optional && isNamed(error, 'ResourceNotFoundException')) return ''
        throw error
      }
    })

    route(app, endpoints.updateShadow, async (request) => {
      const key = shadowKey(request.params.thingName, request.query.shadowName)
      request.noteAudit({ resource: arns.shadow(key) })
      request.noteAudit(noteOfUpdate(await readBefore(shadows, key, request.log), request.body))
      const answer = await shadows.update(key, request.body)
      request.noteAudit(noteOfAnswer(answer))
      return answer
    })

    route(app, endpoints.deleteShadow, async (request) => {
      const key = shadowKey(request.params.thingName, request.query.shadowName)
      request.noteAudit({ resource: arns.shadow(key) })
      request.noteAudit(noteOfDeletion(await readBefore(shadows, key, request.log)))
      const answer = await shadows.delete(key)
      request.noteAudit(noteOfAnswer(answer))
      return answer
    })
  },
}
