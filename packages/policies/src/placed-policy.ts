import type { Place } from './place.ts'
import type { Condition, PolicyDocument, PolicyStatement, Selection } from './policy-document.ts'

/** A policy document with the places of its parts in the text, for whoever says something about them. */
export interface PlacedPolicyDocument {
  readonly document: PolicyDocument
  /** What `Statement` has: a list, or the one statement itself. */
  readonly list: Place
  readonly statements: readonly PlacedStatement[]
}

export interface PlacedStatement {
  readonly statement: PolicyStatement
  readonly place: Place
  readonly effect: Place
  readonly action: PlacedSelection
  readonly resource: PlacedSelection
  /** What `Condition` has. */
  readonly conditionElement: Place | undefined
  readonly conditions: readonly PlacedCondition[]
}

export interface PlacedSelection {
  readonly selection: Selection
  /** What `Action` or `NotResource` has: a list or one text. Undefined where the element was not written. */
  readonly element: Place | undefined
  /** Of each pattern. */
  readonly places: readonly Place[]
}

export interface PlacedCondition {
  readonly condition: Condition
  /** What the operator has: the object with the keys. */
  readonly operator: Place
  /** What the key has: a list or one value. */
  readonly element: Place
  /** Of each value. */
  readonly places: readonly Place[]
}
