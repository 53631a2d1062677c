import type { ShadowRecording } from './shadow-recording.ts'

/** What must be known before one trusts what a recording shows; empty if there is nothing. */
export function cautionsOf(recording: ShadowRecording, endpoint: string | undefined): readonly string[] {
  const { isWhole, agedOut, unreadable, versions } = recording
  const updates = versions.filter(({ kind }) => kind === 'update').length
  const cautions = [
    isOfAnotherEndpoint(recording, endpoint) &&
      `It was recorded at ${recording.endpoint}; this console is at ${endpoint}. A thing of the same name there may be another one.`,
    !isWhole && 'The file breaks off: what came after is not in it.',
    agedOut > 0 && `Only the newest ${versions.length} versions are kept; ${agedOut} older ones were let go.`,
    updates > 0 &&
      `Of ${updates === 1 ? '1 version' : `${updates} versions`} it has only what was changed, not the whole document.`,
    unreadable > 0 && `${unreadable} of its messages on the shadow's topics could not be read.`,
  ]
  return cautions.filter((each) => each !== false)
}

/** Whether it says that it was made elsewhere: another account, region or server. */
export function isOfAnotherEndpoint(recording: ShadowRecording, endpoint: string | undefined): boolean {
  return recording.endpoint !== undefined && endpoint !== undefined && recording.endpoint !== endpoint
}

/** Why a recording shows nothing of this shadow. */
export function whyNothing(recording: ShadowRecording, shadowName: string): string {
  const { wasSubscribed, filters, messages, otherShadows, isWhole } = recording
  const others = otherShadows.length > 0 ? ` It holds versions of ${otherShadows.join(', ')}.` : ''
  const broken = isWhole ? '' : ' The file breaks off: more may have been in it.'
  if (messages === 0) return `No message is in it.${broken}`
  if (wasSubscribed)
    return `It listened to this shadow, but nothing was said of ${shadowName} meanwhile.${others}${broken}`
  const listened =
    filters.length > 0 ? ` it was subscribed to ${filters.join(', ')}.` : ' to what does not stand in it.'
  return `It did not listen to the topics of ${shadowName}:${listened}${others}${broken}`
}
