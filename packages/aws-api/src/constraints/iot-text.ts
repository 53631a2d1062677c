import { ANY, constraintTable, text } from '../constraint.ts'

/** Strings of a certain form. Source: AWS IoT API Reference, "Length Constraints" and "Pattern" of requests and data types. */
export const IOT_TEXT = constraintTable([
  [
    text(
      1,
      2048,
      'arn:aws(-cn|-us-gov|-iso-b|-iso)?:acm:[a-z]{2}-(gov-|iso-|isob-)?[a-z]{4,9}-\\d{1}:\\d{12}:certificate/[a-zA-Z0-9/-]+',
    ),
    'ocspAuthorizedResponderArn validationCertificateArn',
  ],
  [text(0, 128, '[a-zA-Z0-9_.,@/:#-]+'), 'attributeName thingAttribute'],
  [text(0, 800, '[a-zA-Z0-9_.,@/:#=\\[\\]-]*'), 'attributeValue'],
  [
    text(0, 1000, '[\\p{Graph}\\x20]*'),
    `issuerCertificateSubject securityProfileDescription CreateAuditSuppressionRequest.description
    UpdateAuditSuppressionRequest.description`,
  ],
  [
    text(1, 40, '[a-zA-Z0-9\\-]+'),
    `auditTaskId CancelAuditTaskRequest.taskId DescribeAuditTaskRequest.taskId
    ListAuditFindingsRequest.taskId`,
  ],
  [text(1, 128, '[\\w=,@-]+'), 'authorizerName certificateProviderName defaultAuthorizerName roleAlias'],
  [text(12, 12, '[0-9]+'), 'account targetAwsAccount'],
  [
    text(1, 128, '[a-zA-Z0-9:_-]+'),
    `behaviorName billingGroupName dimensionName indexName metricName name namePrefixFilter parentGroup
    parentGroupName securityProfileName thingGroupName thingName thingTypeName`,
  ],
  [text(0, 2028, '[\\p{Graph}\\x20]*'), 'billingGroupDescription thingGroupDescription thingTypeDescription'],
  [text(64, 64, '(0x)?[a-fA-F0-9]+'), 'caCertificateId certificateId deviceCertificateId'],
  [text(1, 64, '^[a-zA-Z0-9-_]+$'), 'clientRequestToken'],
  [text(36, 64, '\\S{36,64}'), 'clientToken'],
  [
    text(0, 2028, '[^\\p{C}]*'),
    'CommandParameter.description CreateCommandRequest.description UpdateCommandRequest.description',
  ],
  [text(1, 64, '[a-zA-Z0-9_-]+'), 'commandId executionId jobId jobTemplateId'],
  [text(1, 192, '^[.$a-zA-Z0-9_-]+$'), 'commandParameterName CommandParameter.name'],
  [text(0, 2028, '[^\\p{C}]+'), 'comment description'],
  [text(0, 128, '[a-zA-Z0-9:.]+'), 'connectionAttribute'],
  [text(0, 128, '[\\p{Graph}\\x20]*'), 'CreateCustomMetricRequest.displayName UpdateCustomMetricRequest.displayName'],
  [text(0, ANY, '^([1-9]|[12][0-9]|3[01])$|^LAST$'), 'dayOfMonth'],
  [text(0, 64, '[^\\p{C}]*'), 'displayName'],
  [text(1, 128, '[\\w.-]+'), 'domainConfigurationName'],
  [text(0, ANY, 'https?://.*'), 'ElasticsearchAction.endpoint OpenSearchAction.endpoint'],
  [text(0, ANY, '(p0|p0\\.1|p0\\.01|p1|p10|p50|p90|p99|p99\\.9|p99\\.99|p100)'), 'statistic'],
  [text(1, 128, '[a-zA-Z0-9_-]+'), 'findingId otaUpdateId scheduledAuditName streamId taskId tokenKeyName'],
  [text(0, ANY, '([\\n\\t])|(\\r\\n)|(,)'), 'separator'],
  [text(0, 1024, '[\\p{Graph}\\x20]*'), 'CreateFleetMetricRequest.description UpdateFleetMetricRequest.description'],
  [
    text(1, 128, '[a-zA-Z0-9_\\-\\.]+'),
    `CreateFleetMetricRequest.metricName DeleteFleetMetricRequest.metricName
    DescribeFleetMetricRequest.metricName UpdateFleetMetricRequest.metricName`,
  ],
  [text(0, 20, '[a-fA-F0-9:]+'), 'issuerCertificateSerialNumber'],
  [text(0, 64, '(0x)?[a-fA-F0-9]+'), 'issuerId'],
  [text(1, 1600, '^arn:[!-~]+$'), 'jobTemplateArn'],
  [text(1, 512, '^[.\\-_/#A-Za-z0-9]+$'), 'logDestination'],
  [text(0, ANY, '^[1-9]+.[0-9]+'), 'templateVersion'],
  [text(0, 1024, '[A-Za-z0-9+/]+={0,2}'), 'marker ListCertificateProvidersRequest.nextToken'],
  [text(0, 128, '[a-zA-Z0-9_-]+'), 'actionName'],
  [text(0, ANY, '[a-zA-Z0-9_-]+'), 'namespaceId'],
  [text(1, 128, '[a-zA-Z0-9-_.]+'), 'packageName'],
  [text(10, 32, '^[0-9-]+$'), 'payloadVersion'],
  [text(1, 128, '[\\w+=,.@-]+'), 'policyName'],
  [text(0, ANY, '[0-9]+'), 'policyVersionId'],
  [text(0, 128, '[\\p{Upper}\\p{Digit}_]+'), 'reasonCode'],
  [text(3, 256, '[a-zA-Z0-9._-]+'), 'inputFileBucket'],
  [text(1, 1024, "[a-zA-Z0-9!_.*'()-\\/]+"), 'inputFileKey'],
  [
    text(1, 128, '[\\w.:-]+'),
    `DescribeDomainConfigurationRequest.domainConfigurationName
    UpdateDomainConfigurationRequest.domainConfigurationName`,
  ],
  [
    text(0, 1024, '[^\\p{C}]+'),
    `CreatePackageRequest.description CreatePackageVersionRequest.description
    UpdatePackageRequest.description UpdatePackageVersionRequest.description`,
  ],
  [text(1, 128, '^[a-zA-Z0-9_]+$'), 'ruleName'],
  [
    text(
      0,
      2000,
      'https://ingestion-[a-zA-Z0-9]{1,12}\\.[a-zA-Z0-9]+\\.((sfdc-matrix\\.net)|(sfdcnow\\.com))/streams/\\w{1,20}/\\w{1,20}/event',
    ),
    'url',
  ],
  [text(1, 128, '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$'), 'Key'],
  [
    text(0, 500, '[^\\p{C}]*'),
    'CreateProvisioningTemplateRequest.description UpdateProvisioningTemplateRequest.description',
  ],
  [text(1, 36, '^[0-9A-Za-z_-]+$'), 'templateName'],
  [text(1, 128, '[a-zA-Z0-9\\-]+'), 'thingGroupId violationId'],
  [text(1, 2560, '[A-Za-z0-9+/]+={0,2}'), 'tokenSignature'],
  [text(1, 20, '^[0-9]*$'), 'UL'],
  [text(0, 128, '[a-zA-Z0-9:$.]+'), 'userPropertyKey'],
  [text(0, 1000, '[^\\p{Cntrl}]*'), 'verificationStateDescription'],
  [text(1, 64, '[a-zA-Z0-9-_.]+'), 'defaultVersionName versionName'],
])
