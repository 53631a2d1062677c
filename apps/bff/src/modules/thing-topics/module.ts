import { endpoints, THING_NAME_VARIABLE, ThingTypeTopics } from '@thingdeck/contract'
import { validateTopicFilter } from '@thingdeck/topics'
import Value from 'typebox/value'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { Module } from '../module.ts'

const DOCUMENT = 'thing-topics'
/** AWS takes no more thing types than a few hundred in practice; this bounds the document. */
const MOST_TYPES = 500

/** Where things have their own messages, as the admins of this account say it: the Live tab of a thing begins with these. */
export const thingTopics: Module = {
  name: 'thing-topics',
  routes(app, { stores: { documents } }) {
    route(app, endpoints.listThingTopics, async () => ({ types: typesIn(await documents.read(DOCUMENT)) }))

    route(app, endpoints.setThingTopics, async (request) => {
      const { thingTypeName, topicFilters } = request.body
      request.noteAudit({ resource: resourceOf(thingTypeName) })
      for (const filter of topicFilters) checkFilter(filter)
      let before: ThingTypeTopics | undefined
      await documents.update(DOCUMENT, (stored) => {
        const types = typesIn(stored)
        before = types.find((type) => type.thingTypeName === thingTypeName)
        const others = types.filter((type) => type !== before)
        if (others.length >= MOST_TYPES) {
          throw new Problem('BAD_REQUEST', `${MOST_TYPES} thing types have topics of their own already.`)
        }
        return [...others, request.body]
      })
      request.noteAudit({ changes: changedMembers(membersOf(before), { topicFilters }) })
      return undefined
    })

    route(app, endpoints.resetThingTopics, async (request) => {
      const { thingTypeName } = request.query
      request.noteAudit({ resource: resourceOf(thingTypeName) })
      let before: ThingTypeTopics | undefined
      await documents.update(DOCUMENT, (stored) => {
        const types = typesIn(stored)
        before = types.find((type) => type.thingTypeName === thingTypeName)
        return types.filter((type) => type !== before)
      })
      request.noteAudit({ changes: changedMembers(membersOf(before), {}) })
      return undefined
    })
  },
}

/** What is none, of another release say, is left out. */
const typesIn = (stored: unknown): ThingTypeTopics[] =>
  Array.isArray(stored) ? stored.filter((type) => Value.Check(ThingTypeTopics, type)) : []

const membersOf = (type: ThingTypeTopics | undefined) => (type ? { topicFilters: type.topicFilters } : {})

/** `(others)` is no name of a thing type. */
const resourceOf = (thingTypeName = '(others)') => ({ type: 'thing-type', id: thingTypeName })

/** Checked as it will be used: with a name in place of what stands for it. */
function checkFilter(filter: string): void {
  const filled = filter.replaceAll(THING_NAME_VARIABLE, 'x')
  const unknown = /\$\{[^}]*\}?/.exec(filled)?.[0]
  if (unknown !== undefined) {
    throw new Problem('BAD_REQUEST', `${filter}: there is no ${unknown}; ${THING_NAME_VARIABLE} stands for the name.`)
  }
  const problem = validateTopicFilter(filled)
  if (problem) throw new Problem('BAD_REQUEST', `${filter}: ${problem.message}.`)
}
