import { type RulePayload, ruleActionName } from '@thingdeck/contract'
import { actionNameOf } from '../../../shared/rule-failures/action-labels.ts'
import { escapePattern } from '../../../shared/text/escape-pattern.ts'
import { textsIn } from '../actions/action-texts.ts'
import type { ActionRun } from './firings.ts'

/**
 * Which action of a rule ran, as its editor is asked for it: `0`, `1`, … The log has the kind alone; of several of a kind
 * what it was done to tells them apart, or nothing does.
 */
export function placeOfRun({ label, resources }: ActionRun, { actions }: RulePayload): string | undefined {
  const name = actionNameOf(label)
  const ofKind = actions.flatMap((action, index) => (ruleActionName(action) === name ? [{ action, index }] : []))
  const values = Object.values(resources)
  const scored = ofKind.map(({ action, index }) => {
    const patterns = textsIn(action).map((text) => patternOf(text).pattern)
    return { index, score: values.filter((value) => patterns.some((pattern) => pattern.test(value))).length }
  })
  const best = Math.max(...scored.map(({ score }) => score))
  const [only, another] = scored.filter(({ score }) => score === best)
  return only && !another ? String(only.index) : undefined
}

/**
 * The templates of an action, `${site}`, that were empty when it ran, as far as what it was done to tells: what such a
 * template names was Undefined, and AWS IoT goes on with nothing in its place.
 * @param place of {@link placeOfRun}, or `error`
 */
export function emptyTemplatesOf(
  { resources }: ActionRun,
  place: string | undefined,
  { actions, errorAction }: RulePayload,
): readonly string[] {
  const action = place === 'error' ? errorAction : place === undefined ? undefined : actions[Number(place)]
  if (!action) return []
  const patterns = textsIn(action).map(patternOf)
  const found = Object.values(resources).flatMap((value) => {
    const [only, another] = patterns.filter(({ pattern }) => pattern.test(value))
    if (!only || another || !only.isTold) return []
    const parts = only.pattern.exec(value)?.slice(1) ?? []
    return only.templates.filter((_, index) => parts[index] === '')
  })
  return [...new Set(found)]
}

const TEMPLATE = /\$\{[^{}]*\}/g

/** What a text with templates can become. */
function patternOf(text: string) {
  const templates = text.match(TEMPLATE) ?? []
  const literals = text.split(TEMPLATE)
  return {
    templates,
    pattern: new RegExp(`^${literals.map(escapePattern).join('([^]*?)')}$`),
    /** Two templates side by side share what is there; nobody can say which of them was empty. */
    isTold: templates.length > 0 && literals.slice(1, -1).every((literal) => literal !== ''),
  }
}
