import { DeleteConnectionCommand } from '@aws-sdk/client-iot-data-plane'
import { type ClientHistory, type ClientTraffic, endpoints } from '@thingdeck/contract'
import { isReservedTopic, validateTopicName } from '@thingdeck/topics'
import { KeptReads } from '../../aws/kept-reads.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { Module } from '../module.ts'
import { readClientHistory } from './client-history.ts'
import { connectionOf, describeClient, pageSubscriptions } from './client-now.ts'
import { readClientTraffic } from './client-traffic.ts'
import { createClientList } from './list-clients.ts'
import { sendDirectMessage } from './send-direct-message.ts'

/** Everybody who looks at the same within so long gets the same read of the log. */
const KEPT_MS = 10_000
const USUAL_CLIENTS = 25
const USUAL_SUBSCRIPTIONS = 50

/** MQTT clients: who is connected and who was, what is known of each, and what can be done to one. */
export const clients: Module = {
  name: 'clients',
  routes(app, { aws }) {
    const clock = SYSTEM_CLOCK
    const list = createClientList(aws, clock)
    const histories = new KeptReads<ClientHistory>(clock, KEPT_MS)
    const traffics = new KeptReads<ClientTraffic>(clock, KEPT_MS)

    route(app, endpoints.listClients, async ({ query, signal }) => {
      const { from, to, isFoughtOver, withoutConsoles, maxResults = USUAL_CLIENTS, ...rest } = query
      return list(
        {
          ...rest,
          ...timeOf(from, to),
          isFoughtOver: isFoughtOver === '1',
          withoutConsoles: withoutConsoles === '1',
          maxResults,
        },
        signal,
      )
    })

    route(app, endpoints.describeClient, async ({ params: { clientId } }) => describeClient(aws, clientId))

    route(app, endpoints.readClientHistory, async ({ params: { clientId }, query: { from, to }, signal }) => {
      const asked = { clientId, ...timeOf(from, to) }
      return histories.read(JSON.stringify(asked), (mine) => readClientHistory(aws.iotLogs, asked, clock, mine), signal)
    })

    route(app, endpoints.pageClientSubscriptions, async ({ params, query }) => {
      const { maxResults = USUAL_SUBSCRIPTIONS, nextToken } = query
      return pageSubscriptions(aws.data, { ...params, maxResults, ...(nextToken && { nextToken }) })
    })

    route(app, endpoints.readClientTraffic, async ({ params: { clientId }, query: { from, to }, signal }) => {
      const asked = { clientId, ...timeOf(from, to) }
      return traffics.read(JSON.stringify(asked), (mine) => readClientTraffic(aws.iotLogs, asked, clock, mine), signal)
    })

    route(app, endpoints.disconnectClient, async (request) => {
      const { clientId } = request.params
      const { cleanSession = false, preventWillMessage = false } = request.query
      request.noteAudit({ resource: aws.arns.client(clientId) })
      const { connected } = await connectionOf(aws.data, clientId)
      request.noteAudit({
        changes: changedMembers(
          { ...(connected !== undefined && { connected }) },
          { connected: false, cleanSession, preventWillMessage },
        ),
      })
      await aws.data.send(new DeleteConnectionCommand({ clientId, cleanSession, preventWillMessage }))
      return { clientId }
    })

    route(app, endpoints.sendDirectMessage, async (request) => {
      const { clientId } = request.params
      const { topic, payload, confirmation } = request.body
      request.noteAudit({
        resource: aws.arns.client(clientId),
        changes: changedMembers({}, { topic, payloadBytes: Buffer.byteLength(payload, 'base64'), confirmation }),
      })
      checkTopic('topic', topic)
      if (isReservedTopic(topic)) {
        throw new Problem('BAD_REQUEST', 'body/topic: the topic of a direct message cannot begin with $.')
      }
      if (request.body.responseTopic !== undefined) checkTopic('responseTopic', request.body.responseTopic)
      return sendDirectMessage(aws.dataOnce, clientId, request.body)
    })
  },
}

/** @throws {Problem} BAD_REQUEST */
function timeOf(from: string, to: string): { readonly fromMs: number; readonly toMs: number } {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  if (fromMs > toMs) throw new Problem('BAD_REQUEST', 'querystring/from must not be later than to.')
  return { fromMs, toMs }
}

/** @throws {Problem} BAD_REQUEST */
function checkTopic(member: string, topic: string): void {
  const problem = validateTopicName(topic)
  if (problem) throw new Problem('BAD_REQUEST', `body/${member}: ${problem.message}.`)
}
