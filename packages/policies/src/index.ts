export { type AlsoAllowed, allowAlso } from './allow-also.ts'
export { bindPolicies } from './bind-policies.ts'
export {
  type AlternativeNameKind,
  type CertificateFacts,
  certificateContext,
  type DistinguishedNameAttribute,
} from './certificate-context.ts'
export {
  type CompiledPolicies,
  compilePolicies,
  type NamedPolicy,
  poolPolicies,
  type StatementRef,
} from './compiled-policies.ts'
export {
  type PolicyCompletionKind,
  type PolicyCompletions,
  policyCompletions,
} from './completion/policy-completions.ts'
export { type PolicyMeaning, policyMeaning } from './completion/policy-meaning.ts'
export type { Comparison, ConditionFamily, ConditionOperator } from './condition-operator.ts'
export {
  type AttachedThing,
  type ConnectionThing,
  connectionContext,
  type GivenValues,
  type PrincipalFacts,
  requestContext,
  thingOfConnection,
} from './connection-context.ts'
export { type ContextDemand, contextDemands } from './context-demands.ts'
export {
  AUTHORIZER_NAME_KEY,
  AUTHORIZER_SIGNATURE_KEY,
  type CredentialPair,
  credentialPairs,
  splitUserName,
} from './custom-credentials.ts'
export {
  COGNITO_NEEDS_BOTH,
  decideAsPrincipal,
  type PrincipalDecision,
  type PrincipalSide,
} from './decide-as-principal.ts'
export { type DecidedNeed, type DecidingFacts, decideRequest, type RequestDecision } from './decide-request.ts'
export { evaluate, fastAllows, type NearMiss, type PolicyDecision, type PolicyRequest } from './evaluate.ts'
export { explain } from './explain.ts'
export {
  POLICY_FINDING_CODES,
  type PolicyFinding,
  type PolicyFindingCode,
  type PolicyFindingSeverity,
  type PolicyFix,
} from './findings/policy-finding.ts'
export { policyFindings } from './findings/policy-findings.ts'
export type { PolicySurroundings } from './findings/policy-look.ts'
export type { MismatchReason, RequestPrincipal } from './match-statement.ts'
export {
  type NearestStatement,
  nearestStatements,
  type UnmetCondition,
} from './nearest-statement.ts'
export { type ParsePolicyOptions, parsePolicyDocument, validatePolicyDocument } from './parse-policy-document.ts'
export type { PatternDifference, Stretch } from './pattern-difference.ts'
export { type ActionSummary, type IdleEntry, type PermissionEntry, summarizeAction } from './permission-summary.ts'
export { type ContextEntries, type ContextValue, contextKey, PolicyContext } from './policy-context.ts'
export type {
  Condition,
  PolicyDialect,
  PolicyDocument,
  PolicyLanguageVersion,
  PolicyStatement,
  Principal,
  Selection,
} from './policy-document.ts'
export { MalformedPolicyError, type PolicyProblem, type PolicyProblemCode } from './policy-error.ts'
export { arnPrefix, type PolicyHome, partitionOf, policyHome } from './policy-home.ts'
export { MAX_POLICY_DOCUMENT_SIZE, policyDocumentSize } from './policy-size.ts'
export {
  type ClientRequest,
  connectNeed,
  type LastWill,
  needsOf,
  type PolicyNeed,
  publishNeeds,
  shadowResources,
} from './request-needs.ts'
export { escapePattern } from './template.ts'
export type { ThingFacts } from './thing-context.ts'
export { type ChangedDecision, comparePolicies } from './traffic/compare-policies.ts'
export {
  type PolicyFromTraffic,
  type PolicyFromTrafficOptions,
  type PolicyLine,
  policyFromTraffic,
} from './traffic/policy-from-traffic.ts'
export { type ProbeContexts, type ProbeRequest, probeRequests } from './traffic/probe-requests.ts'
export { resourceOf, type SeenRequest } from './traffic/seen-request.ts'
