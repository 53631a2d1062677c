import { SECTIONS } from '@thingdeck/shadows'
import { type Change, isTokenOf, tokenOf } from './change.ts'
import { accept, leaveOpen, lookAgain, refuse, type Step, save, undo } from './editor-changes.ts'
import { carryOver, type Draft, setInDraft, settleInDraft, startDraft, typeInDraft } from './editor-draft.ts'
import type { EditorEffect, EditorEvent } from './editor-events.ts'
import {
  judgeDocument,
  liveVersion,
  markOf,
  takeDeletion,
  takeDocument,
  takeFetched,
  takeNothing,
  takeReport,
} from './editor-live.ts'
import { type EditorState, liveState } from './editor-state.ts'
import type { ShadowNews } from './news.ts'
import { formatSection, readSectionText } from './section-text.ts'

/**
 * The shadow editor as a pure state machine: what happened goes in, the next state and what is to be done come out.
 * It has no clock, network or page.
 *
 * Nobody overwrites anybody: every update carries the version it was made against, and what somebody else did in
 * between is merged into the draft key by key. Nothing typed is lost: only what was accepted, and what the person
 * discards, leaves the draft.
 */
export function step(state: EditorState, event: EditorEvent): Step {
  const next = react(state, event)
  return next.state.live === state.live ? next : catchUp(next, event)
}

/** After the shadow moved: changes that wait for it look again, and the draft takes over what is new. */
function catchUp({ state, effects }: Step, event: EditorEvent): Step {
  const looked = lookAgain(state, event.type === 'fetched' || event.type === 'fetched-nothing')
  const { draft } = looked.state
  const caughtUp = draft ? { ...looked.state, draft: carryOver(draft, liveState(looked.state)) } : looked.state
  return { state: caughtUp, effects: withoutTwins([...effects, ...looked.effects]) }
}

/** One get answers all who want one. */
function withoutTwins(effects: readonly EditorEffect[]): readonly EditorEffect[] {
  const lastFetch = effects.findLastIndex(({ type }) => type === 'fetch')
  return effects.filter(({ type }, index) => type !== 'fetch' || index === lastFetch)
}

const only = (state: EditorState): Step => ({ state, effects: [] })

function react(state: EditorState, event: EditorEvent): Step {
  switch (event.type) {
    case 'news':
      return takeNews(state, event.news)
    case 'fetched': {
      const next = takeFetched(confirmed(state, event.document.seenAtMs), event.document, event.mark)
      return next.live === state.live ? lookAgain(next, true) : only(next)
    }
    case 'fetched-nothing': {
      const next = takeNothing(confirmed(state, event.atMs), event.mark, event.atMs)
      return next.live === state.live ? lookAgain(next, true) : only(next)
    }
    case 'fetch-failed': {
      const { code, message, atMs } = event
      // That an update got no answer weighs more than that nobody can tell yet what became of it.
      if (state.changes.some(({ status }) => status.kind === 'unknown')) return only(state)
      return only({ ...state, fault: { during: 'get', code, message, atMs } })
    }
    case 'overdue': {
      const isBehind = event.incarnation === state.incarnation && (liveVersion(state) ?? 0) < event.version
      return { state, effects: isBehind ? [{ type: 'fetch', mark: markOf(state) }] : [] }
    }
    case 'line':
      return only({ ...state, line: event.line })
    case 'answered':
      return withChange(state, event.token, (change) => accept(state, change, event))
    case 'refused':
      return withChange(state, event.token, (change) => refuse(state, change, event))
    case 'unanswered':
      return withChange(state, event.token, (change) => leaveOpen(state, change, event.atMs))
    case 'save':
      return save(state, event.id, event.atMs)
    case 'undo':
      return undo(state, event.id, event.atMs)
    case 'delete':
      return { state: { ...state, isDeleting: true, fault: undefined }, effects: [{ type: 'delete' }] }
    case 'delete-answered':
      return only(takeOwnDeletion(state, event.version, event.atMs))
    case 'delete-failed': {
      const { code, message, atMs } = event
      return only({ ...state, isDeleting: false, fault: { during: 'delete', code, message, atMs } })
    }
    case 'fault-dismissed':
      return only({ ...state, fault: undefined })
    default:
      return only(edit(state, event))
  }
}

/** The service has just answered a get. */
const confirmed = (state: EditorState, atMs: number): EditorState => ({
  ...state,
  fault: faultWithout(state, 'get'),
  confirmedAtMs: atMs,
})

const faultWithout = ({ fault }: EditorState, during: 'get') => (fault?.during === during ? undefined : fault)

/** An answer to an attempt that was given up already, or to somebody else's, changes nothing. */
function withChange(state: EditorState, token: string, then: (change: Change) => Step): Step {
  const change = state.changes.find((each) => tokenOf(each) === token)
  return change && isOpen(change) ? then(change) : only(state)
}

const isOpen = ({ status }: Change) => status.kind === 'sending' || status.kind === 'unknown'

function takeOwnDeletion(state: EditorState, version: number | undefined, seenAtMs: number): EditorState {
  if (!state.isDeleting) return state // the message of it was faster
  if (state.live.kind === 'missing') return { ...state, isDeleting: false }
  return takeDeletion(state, { version, clientToken: undefined, seenAtMs })
}

type EditEvent = Extract<
  EditorEvent,
  { type: 'typed' | 'set-value' | 'settled' | 'discarded' | 'restored' | 'draft-found' }
>

/** While it is not known what the service holds, a draft is kept as it is: there is nothing to merge with. */
function edit(state: EditorState, event: EditEvent): EditorState {
  const live = liveState(state)
  const isKnown = state.live.kind !== 'unknown'
  const draft = state.draft ?? startDraft(live)
  switch (event.type) {
    case 'typed':
      if (!isKnown) return { ...state, draft: typedOnly(draft, event.section, event.text) }
      return { ...state, draft: typeInDraft(draft, event.section, event.text, live, event.upon) }
    case 'set-value':
      return isKnown ? { ...state, draft: setInDraft(draft, event.path, event.value, live) } : state
    case 'settled':
      return isKnown ? { ...state, draft: settleInDraft(draft, event.conflict, event.side, live) } : state
    case 'discarded':
      return { ...state, draft: undefined }
    case 'draft-found':
      return { ...state, draft: isKnown ? carryOver(event.draft, live) : event.draft }
    case 'restored': {
      const fresh = startDraft(live)
      const texts = { ...fresh.texts }
      for (const name of SECTIONS) {
        if (event.sections.includes(name)) texts[name] = readSectionText(formatSection(event.state[name]))
      }
      return { ...state, draft: carryOver({ ...fresh, texts }, live) }
    }
  }
}

function typedOnly(draft: Draft, section: 'desired' | 'reported', text: string): Draft {
  return { ...draft, texts: { ...draft.texts, [section]: readSectionText(text) } }
}

function takeNews(state: EditorState, news: readonly ShadowNews[]): Step {
  let next = state
  const effects: EditorEffect[] = []
  for (const item of news) {
    const taken = takeOne(next, item)
    next = taken.state
    effects.push(...taken.effects)
  }
  return { state: next, effects: withoutTwins(effects) }
}

function takeOne(state: EditorState, news: ShadowNews): Step {
  switch (news.kind) {
    case 'document':
    case 'got':
      return takeSeen(state, news)
    case 'accepted': {
      const { version, clientToken, reported, seenAtMs } = news
      const reportedTo = reported ? takeReport(state, version, reported, seenAtMs) : state
      const own = reportedTo.changes.find((change) => isOpen(change) && isTokenOf(change, clientToken))
      const answer = { version, timestampSeconds: news.timestampSeconds, atMs: seenAtMs }
      const { state: next, effects } = own ? accept(reportedTo, own, answer) : only(reportedTo)
      if ((liveVersion(next) ?? 0) >= version || next.live.kind === 'unknown') return { state: next, effects }
      return { state: next, effects: [...effects, { type: 'expect', version, incarnation: next.incarnation }] }
    }
    case 'rejected': {
      if (news.operation !== 'update') return only(state) // who asked hears it from the transport
      const { clientToken = '', code, message } = news
      return withChange(state, clientToken, (change) =>
        refuse(state, change, { code: exceptionName(code), message, atMs: change.askedAtMs }),
      )
    }
    case 'deleted': {
      const version = liveVersion(state)
      if (state.live.kind === 'missing' || (version !== undefined && version > news.version)) return only(state)
      return only(takeDeletion(state, news))
    }
  }
}

function takeSeen(state: EditorState, news: Extract<ShadowNews, { kind: 'document' | 'got' }>): Step {
  const { document } = news
  const verdict = judgeDocument(state, document)
  if (verdict === 'doubtful') return { state, effects: [{ type: 'fetch', mark: markOf(state) }] }
  const isStale = verdict === 'stale'
  const taken = isStale ? { ...state, staleMessages: state.staleMessages + 1 } : takeDocument(state, document)
  const own = taken.changes.find((change) => isOpen(change) && isTokenOf(change, document.clientToken))
  if (!own) return only(taken)
  const { version, timestampSeconds, seenAtMs: atMs } = document
  return accept(taken, own, { version, timestampSeconds, atMs })
}

/** The name of a code in a `rejected` message, as REST has it, so that both lines speak alike. */
export function exceptionName(code: number): string {
  return EXCEPTION_NAMES.get(code) ?? `HTTP_${code}`
}

/** @see AWS IoT developer guide, "Device Shadow error messages", and the data plane API's exceptions */
const EXCEPTION_NAMES = new Map([
  [400, 'InvalidRequestException'],
  [401, 'UnauthorizedException'],
  [403, 'ForbiddenException'],
  [404, 'ResourceNotFoundException'],
  [409, 'ConflictException'],
  [413, 'RequestEntityTooLargeException'],
  [415, 'UnsupportedDocumentEncodingException'],
  [429, 'ThrottlingException'],
  [500, 'InternalFailureException'],
  [503, 'ServiceUnavailableException'],
])
