import {
  endpoints,
  HIDDEN_RULE_SECRET,
  type Role,
  type Rule,
  type RulePayload,
  ruleSecrets,
  withoutRuleSecrets,
} from '@thingdeck/contract'
import type { FastifyRequest } from 'fastify'
import { KeptReads } from '../../aws/kept-reads.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { InTurn } from '../../in-turn.ts'
import { personOf } from '../../plugins/access.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import { mayAct } from '../../roles.ts'
import type { Module } from '../module.ts'
import { ruleChanges } from './rule-changes.ts'
import { RuleLooks } from './rule-looks.ts'
import { type AllRules, createRules } from './rules.ts'
import { rulesOfTopic } from './rules-of-topic.ts'

/** Whoever types topics asks with each: AWS lists rules twice a second for everybody. */
const LIST_KEPT_MS = 2_000

const resource = (id: string, arn?: string) => ({ type: 'rule', id, ...(arn !== undefined && { arn }) })

/** Topic rules: what becomes of messages. */
export const rules: Module = {
  name: 'rules',
  routes(app, { aws }) {
    const looks = new RuleLooks(aws.iot)
    const found = createRules(aws.iot, looks)
    const listed = new KeptReads<AllRules>(SYSTEM_CLOCK, LIST_KEPT_MS, 1)
    const inTurn = new InTurn()

    route(app, endpoints.listRules, async ({ query }) => found.list(query))
    route(app, endpoints.listRuleLooks, async ({ query, signal }) => ({
      looks: await looks.of(query.ruleName, signal),
    }))
    route(app, endpoints.rulesOfTopic, async ({ query, signal }) =>
      rulesOfTopic(await listed.read('', () => found.all(), signal), query.topic),
    )
    route(app, endpoints.getRule, async (request) => forReader(await found.describe(request.params.ruleName), request))

    route(app, endpoints.createRule, async (request) => {
      const { ruleName, payload, tags } = request.body
      mustSaySecrets(payload)
      request.noteAudit({ resource: resource(ruleName), changes: ruleChanges({}, { payload, tags }) })
      const made = await found.create(request.body)
      request.noteAudit({ resource: resource(made.ruleName, made.ruleArn), changes: ruleChanges({}, made) })
      return made
    })

    route(app, endpoints.replaceRule, async (request) => {
      const { ruleName } = request.params
      mustSaySecrets(request.body.payload)
      request.noteAudit({ resource: resource(ruleName) })
      const { before, after } = await inTurn.do(ruleName, async () => {
        const seen = await found.describe(ruleName)
        return { before: seen, after: await found.replace(seen, request.body) }
      })
      request.noteAudit({
        resource: resource(ruleName, before.ruleArn),
        changes: ruleChanges({ payload: before.payload }, { payload: after.payload }),
      })
      return after
    })

    route(app, endpoints.deleteRule, async (request) => {
      const { ruleName } = request.params
      request.noteAudit({ resource: resource(ruleName) })
      const before = await found.describe(ruleName)
      await found.delete(ruleName)
      request.noteAudit({ resource: resource(ruleName, before.ruleArn), changes: ruleChanges(before, {}) })
      return undefined
    })

    const setDisabled = async (request: FastifyRequest, ruleName: string, isDisabled: boolean) => {
      request.noteAudit({ resource: resource(ruleName) })
      const { ruleArn, payload: before } = await inTurn.do(ruleName, async () => {
        const seen = await found.describe(ruleName)
        await found.setDisabled(ruleName, isDisabled)
        return seen
      })
      request.noteAudit({
        resource: resource(ruleName, ruleArn),
        changes: ruleChanges({ payload: before }, { payload: { ...before, ruleDisabled: isDisabled } }),
      })
      return undefined
    }
    route(app, endpoints.enableRule, (request) => setDisabled(request, request.params.ruleName, false))
    route(app, endpoints.disableRule, (request) => setDisabled(request, request.params.ruleName, true))
  },
}

/** Secrets of a rule are for those who may write it, as they have to send them back. */
const SECRETS_NEED: Role = 'admin'

const forReader = (rule: Rule, request: FastifyRequest): Rule =>
  mayAct(personOf(request).role, SECRETS_NEED) ? rule : { ...rule, payload: withoutRuleSecrets(rule.payload) }

/** @throws {Problem} BAD_REQUEST where what stands for a secret would become the secret itself */
function mustSaySecrets(payload: RulePayload): void {
  if (!ruleSecrets(payload).includes(HIDDEN_RULE_SECRET)) return
  throw new Problem(
    'BAD_REQUEST',
    `${HIDDEN_RULE_SECRET} only stands for a secret of an action: give the secret itself.`,
  )
}
