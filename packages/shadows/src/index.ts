export { type AppliedUpdate, applyUpdate, type UpdateOptions } from './apply-update.ts'
export { type ChangedLeaf, changedLeaves } from './changed-leaves.ts'
export { computeDelta } from './delta.ts'
export { diffSections, type SectionRow } from './diff-sections.ts'
export { type DeletedShadow, deleteShadow, getDocument, readShadow, type ShadowQuery } from './document.ts'
export { updateRequestFor } from './draft.ts'
export { rejectedMessage, ShadowError, type ShadowErrorCode } from './error.ts'
export {
  type MergeConflict,
  mergeThreeWay,
  type ThreeWayMerge,
  withValueAt,
} from './merge-three-way.ts'
export { latestTimestamp, type MetadataNode, type MetadataObject } from './metadata.ts'
export { type RebasedDraft, rebaseDraft, settleConflict } from './rebase-draft.ts'
export {
  formatState,
  SECTIONS,
  type SectionName,
  SHADOW_LIMITS,
  type Shadow,
  type ShadowMetadata,
  type ShadowState,
  type ShadowTombstone,
  type StoredShadow,
  stateSizeBytes,
} from './shadow.ts'
export { formatStoredShadow, parseStoredShadow } from './storage.ts'
export {
  checkUpdateRequest,
  formatUpdateRequest,
  parseUpdateRequest,
  type RequestLimits,
  readClientToken,
  type StatePatch,
  type UpdateRequest,
} from './update-request.ts'
