import { isDeepStrictEqual } from 'node:util'
import {
  CreateTopicRuleCommand,
  DeleteTopicRuleCommand,
  DisableTopicRuleCommand,
  EnableTopicRuleCommand,
  GetTopicRuleCommand,
  type IoTClient,
  ListTopicRulesCommand,
  ReplaceTopicRuleCommand,
  ResourceNotFoundException,
  type TopicRuleListItem,
  UnauthorizedException,
} from '@aws-sdk/client-iot'
import {
  allRuleActions,
  type BodyOf,
  type endpoints,
  type QueryOf,
  type Rule,
  type RulePage,
  type RulePayload,
  type RuleRow,
  ruleActionName,
  type Tags,
} from '@thingdeck/contract'
import { siftedPage } from '../../aws/sifted-pages.ts'
import { readTags } from '../../aws/tags.ts'
import { Problem } from '../../problem.ts'
import type { RuleLooks } from './rule-looks.ts'
import { payloadOf } from './rule-payload.ts'

/** The most that AWS gives at once (AWS IoT API reference, ListTopicRules). */
const ALL_AT_ONCE = 10_000
/** An account has a thousand rules unless AWS raised that: so many pages of them are looked through. */
const MOST_PAGES = 5

/** All rules of the account, as far as they were looked through. */
export interface AllRules {
  readonly rules: readonly RuleRow[]
  readonly isAll: boolean
}

/** Topic rules. Errors are AWS's own, but for {@link Problem}s. */
export interface Rules {
  /** AWS cannot search: see {@link siftedPage}. */
  list(search: QueryOf<typeof endpoints.listRules>): Promise<RulePage>
  /** Few calls, however many rules: AWS gives thousands at once. */
  all(): Promise<AllRules>
  /** @throws {ResourceNotFoundException} AWS itself says of a rule that is not there only that one may not get it */
  describe(ruleName: string): Promise<Rule>
  create(rule: BodyOf<typeof endpoints.createRule>): Promise<Rule>
  /** @throws {Problem} RULE_CHANGED where it is not as it was seen. AWS has no condition for that: a moment is left. */
  replace(before: Rule, change: BodyOf<typeof endpoints.replaceRule>): Promise<Rule>
  setDisabled(ruleName: string, isDisabled: boolean): Promise<void>
  delete(ruleName: string): Promise<void>
}

/** @param looks tell what actions rules have, which AWS does not list */
export function createRules(iot: IoTClient, looks: RuleLooks): Rules {
  const rules: Rules = {
    async list({ name, ruleDisabled, action, nextToken, maxResults }) {
      const { items, ...more } = await siftedPage(
        {
          name,
          nextToken,
          maxResults,
          nameOf: ({ ruleName, topicPattern = '' }: RuleRow) => `${ruleName}\n${topicPattern}`,
          sift: action && ((named) => looks.withAction(named, action)),
        },
        async ({ size, token }) => {
          const page = await iot.send(
            new ListTopicRulesCommand({
              maxResults: size,
              ...(token !== undefined && { nextToken: token }),
              ...(ruleDisabled !== undefined && { ruleDisabled }),
            }),
          )
          return { items: (page.rules ?? []).map(rowOf), nextToken: page.nextToken }
        },
      )
      return { rules: items, ...more }
    },

    async all() {
      const found: RuleRow[] = []
      let nextToken: string | undefined
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const page = await iot.send(
          new ListTopicRulesCommand({ maxResults: ALL_AT_ONCE, ...(nextToken !== undefined && { nextToken }) }),
        )
        found.push(...(page.rules ?? []).map(rowOf))
        nextToken = page.nextToken
        if (!nextToken) return { rules: found, isAll: true }
      }
      return { rules: found, isAll: false }
    },

    async describe(ruleName) {
      const { rule = {}, ruleArn = '' } = await found(ruleName, () => iot.send(new GetTopicRuleCommand({ ruleName })))
      const tags = await readTags(iot, ruleArn)
      return {
        ruleName,
        ruleArn,
        ...(rule.createdAt && { createdAt: rule.createdAt.toISOString() }),
        payload: payloadOf(rule),
        ...(tags && { tags }),
      }
    },

    async create({ ruleName, payload, tags = {} }) {
      const given = tagText(tags)
      await iot.send(
        new CreateTopicRuleCommand({ ruleName, topicRulePayload: payload, ...(given !== '' && { tags: given }) }),
      )
      return rules.describe(ruleName)
    },

    async replace({ ruleName, payload: before }, { payload, expected }) {
      const unknown = allRuleActions(before).find((action) => ruleActionName(action) === undefined)
      if (unknown) {
        throw new Problem(
          'RULE_CHANGED',
          `The rule has an action that this console does not know (${Object.keys(unknown).join()}) and would lose.`,
        )
      }
      if (!isDeepStrictEqual(comparable(before), comparable(expected))) {
        throw new Problem('RULE_CHANGED', `${ruleName} is not as it was when the change was begun.`)
      }
      await iot.send(new ReplaceTopicRuleCommand({ ruleName, topicRulePayload: payload }))
      return rules.describe(ruleName)
    },

    async setDisabled(ruleName, isDisabled) {
      await found(ruleName, () =>
        iot.send(isDisabled ? new DisableTopicRuleCommand({ ruleName }) : new EnableTopicRuleCommand({ ruleName })),
      )
    },

    async delete(ruleName) {
      await found(ruleName, () => iot.send(new DeleteTopicRuleCommand({ ruleName })))
    },
  }

  /** What AWS answers of a rule; where it refuses, because there is none or for want of rights, the list tells which. */
  async function found<Answer>(ruleName: string, ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof UnauthorizedException)) throw error
      const known = await rules.all().catch(() => undefined)
      if (known?.isAll !== true || known.rules.some((rule) => rule.ruleName === ruleName)) throw error
      throw new ResourceNotFoundException({
        message: `There is no rule named ${ruleName}.`,
        $metadata: { ...error.$metadata, httpStatusCode: 404 },
      })
    }
  }

  return rules
}

/** As the header of CreateTopicRule has them: `site=north&owner=ada` (AWS IoT API reference). */
const tagText = (tags: Tags): string =>
  Object.entries(tags)
    .map((tag) => tag.map(encodeURIComponent).join('='))
    .join('&')

function rowOf({
  ruleName = '',
  ruleArn = '',
  topicPattern,
  ruleDisabled = false,
  createdAt,
}: TopicRuleListItem): RuleRow {
  return {
    ruleName,
    ruleArn,
    ...(topicPattern && { topicPattern }),
    ruleDisabled,
    ...(createdAt && { createdAt: createdAt.toISOString() }),
  }
}

/** Without the differences that mean nothing: members that are not there, and a rule that is enabled by not saying so. */
const comparable = ({ ruleDisabled = false, ...payload }: RulePayload): unknown =>
  JSON.parse(JSON.stringify({ ...payload, ruleDisabled }))
