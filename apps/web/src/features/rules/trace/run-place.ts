import { type RuleAction, type RulePayload, ruleActionName } from '@thingdeck/contract'
import { isObject } from '../../../shared/json-object-in.ts'
import { actionNameOf } from '../../../shared/rule-failures/action-labels.ts'
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
    const patterns = textsOf(action).map((text) => patternOf(text).pattern)
    return { index, score: values.filter((value) => patterns.some((pattern) => pattern.test(value))).length }
  })
  const best = Math.max(...scored.map(({ score }) => score))
  const [only, another] = scored.filter(({ score }) => score === best)
  return only && !another ? String(only.index) : undefined
}

/** A template of an action that had nothing to say. */
export interface EmptyTemplate {
  /** `${site}` */
  readonly text: string
}

/**
 * The templates of an action that were empty when it ran, as far as what it was done to tells: what such a template names
 * was Undefined, and AWS IoT goes on with nothing in its place.
 * @param place of {@link placeOfRun}, or `error`
 */
export function emptyTemplatesOf(
  { resources }: ActionRun,
  place: string | undefined,
  { actions, errorAction }: RulePayload,
): readonly EmptyTemplate[] {
  const action = place === 'error' ? errorAction : place === undefined ? undefined : actions[Number(place)]
  if (!action) return []
  const patterns = textsOf(action).map(patternOf)
  const found = Object.values(resources).flatMap((value) => {
    const [only, another] = patterns.filter(({ pattern }) => pattern.test(value))
    if (!only || another || !only.isTold) return []
    const parts = only.pattern.exec(value)?.slice(1) ?? []
    return only.templates.filter((_, index) => parts[index] === '')
  })
  return [...new Set(found)].map((text) => ({ text }))
}

/** All texts that an action is told, however deep. */
const textsOf = (value: RuleAction | unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.flatMap(textsOf)
      : isObject(value)
        ? Object.values(value).flatMap(textsOf)
        : []

const TEMPLATE = /\$\{[^{}]*\}/g

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** What a text with templates can become. */
function patternOf(text: string) {
  const templates = text.match(TEMPLATE) ?? []
  const literals = text.split(TEMPLATE)
  return {
    templates,
    pattern: new RegExp(`^${literals.map(escaped).join('([^]*?)')}$`),
    /** Two templates side by side share what is there; nobody can say which of them was empty. */
    isTold: templates.length > 0 && literals.slice(1, -1).every((literal) => literal !== ''),
  }
}
