import { useMutation } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { afterPointer } from './after-pointer.ts'
import { type FieldsOfCodes, refusedFields } from './refused-fields.ts'
import { brokenAtOnce, brokenWhenLeft, type TextLimits } from './text-limits.ts'

/** What is wrong with a value, in a sentence; undefined: nothing. */
export type Rule<V, T> = (value: V, values: T) => string | undefined

type Name<T> = keyof T & string

interface FormOptions<T extends object, R> {
  readonly initial: T
  /** Of texts: what the contract allows, see `limitsOf`. */
  readonly limits?: { readonly [K in Name<T>]?: TextLimits }
  /** Said when a field is left, and when the form is submitted. */
  readonly rules?: { readonly [K in Name<T>]?: Rule<T[K], T> }
  /**
   * Said while somebody types: what stays wrong whatever comes next, as a name that is taken. Not before anything is
   * changed: a form does not reproach people with what it was opened with.
   */
  readonly atOnce?: { readonly [K in Name<T>]?: Rule<T[K], T> }
  /** AWS's codes that say which field is meant. */
  readonly fieldsOfCodes?: FieldsOfCodes<Name<T>>
  readonly submit: (values: T) => Promise<R>
  readonly onDone?: (result: R, values: T) => void
}

/** What a control needs to know of its field. */
export interface Field<V> {
  readonly name: string
  readonly value: V
  readonly limits: TextLimits | undefined
  /** What is wrong with the value, as far as it is to be said yet. */
  readonly error: string | undefined
  readonly set: (value: V) => void
  /** The person went on to the next field. */
  readonly leave: () => void
}

export interface Form<T extends object> {
  /** Of its element in the page. */
  readonly id: string
  readonly values: T
  readonly isValid: boolean
  readonly isBusy: boolean
  /** A refusal that names no field. */
  readonly failure: Error | null
  readonly field: <K extends Name<T>>(name: K) => Field<T[K]>
  readonly change: (change: Partial<T>) => void
  /** Checks everything, leads to the first field that is wrong, or sends, with `also` in place of what is there. */
  readonly submit: (also?: Partial<T>) => void
  /** Whether anything would be lost with the page: asked at the moment of leaving. */
  readonly isUnsaved: () => boolean
}

/**
 * The state of a form: values, what is wrong with them and when to say so, what AWS refused put to the field that it
 * names, and sending. Shown by `Form` on a page and by `FormDialog` in a dialog, its fields by `TextField` and others.
 */
export function useForm<T extends object, R = unknown>(options: FormOptions<T, R>): Form<T> {
  const { initial, fieldsOfCodes = {}, submit, onDone } = options
  const limits: NonNullable<typeof options.limits> = options.limits ?? {}
  const rules: NonNullable<typeof options.rules> = options.rules ?? {}
  const atOnce: NonNullable<typeof options.atOnce> = options.atOnce ?? {}
  const id = useId()
  const [values, setValues] = useState(initial)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  /** By field; what was refused holds until the field is changed. */
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map())
  const [attempts, setAttempts] = useState(0)
  const isChanged = useRef(false)
  const [opened] = useState(values)
  const names = namesOf(initial)
  const send = useMutation({
    mutationFn: (sent: T) => submit(sent),
    onSuccess: (result, sent) => {
      isChanged.current = false // before anybody goes elsewhere
      onDone?.(result, sent)
    },
    onError: (error) => {
      setRefused(refusedFields(error, names, fieldsOfCodes))
      setAttempts((count) => count + 1)
    },
  })

  const brokenNow = <K extends Name<T>>(name: K): string | undefined => {
    const text = values[name]
    const ofLimits = limits[name]
    return (
      refused.get(name) ??
      (ofLimits && typeof text === 'string' ? brokenAtOnce(ofLimits, text) : undefined) ??
      atOnce[name]?.(values[name], values)
    )
  }
  const broken = <K extends Name<T>>(name: K): string | undefined => {
    const text = values[name]
    const ofLimits = limits[name]
    return (
      brokenNow(name) ??
      (ofLimits && typeof text === 'string' ? brokenWhenLeft(ofLimits, text) : undefined) ??
      rules[name]?.(values[name], values)
    )
  }
  const change = (changed: Partial<T>) => {
    isChanged.current = true
    setValues((before) => ({ ...before, ...changed }))
    setRefused((before) => new Map([...before].filter(([name]) => !(name in changed))))
  }
  useEffect(() => {
    if (attempts > 0) focusFirstInvalid(id)
  }, [id, attempts])

  return {
    id,
    values,
    isValid: names.every((name) => broken(name) === undefined),
    isBusy: send.isPending,
    failure: refused.size === 0 ? send.error : null,
    change,
    field: (name) => ({
      name,
      value: values[name],
      limits: limits[name],
      error: attempts > 0 || left.has(name) ? broken(name) : values === opened ? refused.get(name) : brokenNow(name),
      set: (value) => change({ [name]: value } as unknown as Partial<T>), // a computed key forgets its type
      leave: () => afterPointer(() => setLeft((before) => (before.has(name) ? before : new Set([...before, name])))),
    }),
    submit: (also) => {
      if (send.isPending) return
      // What was refused may be sent again: perhaps the world has changed.
      setRefused(new Map())
      if (names.some((name) => !refused.has(name) && broken(name) !== undefined)) setAttempts((count) => count + 1)
      else send.mutate({ ...values, ...also })
    },
    isUnsaved: () => isChanged.current,
  }
}

// Of an object that is typed by its keys, `Object.keys` only says that they are texts.
const namesOf = <T extends object>(values: T) => Object.keys(values) as Name<T>[]

function focusFirstInvalid(formId: string): void {
  document.getElementById(formId)?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}
