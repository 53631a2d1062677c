import { constraintTable, range } from '../constraint.ts'

/** Lengths and values. Source: AWS IoT API Reference, "Length Constraints", "Valid Range", "Array Members". Where a name means
 * different things, the structure is named; an empty constraint lifts the general one. */
export const IOT_SIZES = constraintTable([
  [
    { min: 1 },
    `BIN S abortCriteriaList aggregationField bucket contentType criteriaList mandatoryParameters max
    maximumPerMinute min minNumberOfExecutedThings number numberOfNotifiedThings numberOfSucceededThings
    propertyAlias propertyValues putAssetPropertyValueEntries queryString string valueConditions
    CreateOTAUpdateRequest.files CreateOTAUpdateRequest.targets S3Location.key
    SearchIndexRequest.maxResults`,
  ],
  [{ max: 100 }, 'behaviors thresholdPercentage HttpAction.headers'],
  [{ max: 10 }, 'actions'],
  [range(1, 1024), 'stringValue'],
  [
    range(1, 10),
    `authInfos consecutiveDatapointsToAlarm consecutiveDatapointsToClear
    GetBehaviorModelTrainingSummariesRequest.maxResults`,
  ],
  [
    { max: 2048 },
    `authorizerFunctionArn clientCertificateCallbackArn kmsAccessRoleArn kmsKeyArn lambdaFunctionArn
    targetArn`,
  ],
  [
    range(1, 1000),
    `baseRatePerMinute AwsJobExecutionsRolloutConfig.maximumPerMinute
    ListTopicRuleDestinationsRequest.maxResults`,
  ],
  [range(1, 65_536), 'caCertificate caCertificatePem certificatePem verificationCertificate'],
  [range(1, 4096), 'certificateSigningRequest HttpContext.queryString'],
  [
    range(1, 100),
    `userProperties KafkaAction.headers ListCommandExecutionsRequest.maxResults
    ListCommandsRequest.maxResults ListPackageVersionsRequest.maxResults ListPackagesRequest.maxResults
    ListSbomValidationResultsRequest.maxResults`,
  ],
  [{ max: 32_768 }, 'document payloadTemplate'],
  [range(1, 2048), 'confirmationToken roleAliasArn'],
  [
    { max: 1024 },
    `correlationData messageExpiry payloadFormatIndicator responseTopic MqttHeaders.contentType
    UserProperty.key UserProperty.value`,
  ],
  [range(900, 43_200), 'credentialDurationSeconds'],
  [range(1, 256), 'HttpActionHeader.key MaintenanceWindow.startTime'],
  [
    range(1, 128),
    `dimensions inputName ListActiveViolationsRequest.thingName
    ListDetectMitigationActionsExecutionsRequest.thingName ListMetricValuesRequest.thingName
    ListViolationEventsRequest.thingName`,
  ],
  [range(1, 253), 'domainName serverName'],
  [range(1, 1430), 'durationInMinutes'],
  [{ max: 128 }, 'endpointType messageId rejectReason securityPolicy transferMessage'],
  [range(60, 3600), 'expiresInSec'],
  [range(0, 255), 'fileId fileType'],
  [range(60, 86_400), 'period'],
  [range(1.1, 5), 'incrementFactor'],
  [range(1, 1350), 'documentSource'],
  [{ max: 16_384 }, 'KafkaActionHeader.key KafkaActionHeader.value'],
  [range(1, 250), 'maxResults pageSize'],
  [range(1, 512), 'eventType mqttTopic'],
  [
    range(1, 64),
    `after before DescribeManagedJobTemplateRequest.templateName
    ListManagedJobTemplatesRequest.templateName SchedulingConfig.endTime SchedulingConfig.startTime`,
  ],
  [range(5, 200), 'maxBatchOpenMs'],
  [range(2, 10), 'maxBatchSize'],
  [range(100, 131_072), 'maxBatchSizeBytes'],
  [range(1, 10_000), 'maxBuckets ListTopicRulesRequest.maxResults'],
  [range(1, 65_535), 'password username MqttContext.clientId'],
  [range(0, 10), 'numberOfRetries'],
  [{ max: 140 }, 'ocspLambdaArn'],
  [{ max: 3072 }, 'recipe'],
  [{ max: 404_600 }, 'policyDocument'],
  [range(0, 1), 'qos'],
  [range(1, 500), 'ListIndicesRequest.maxResults'],
  [range(1, 2), 'JobExecutionsRetryConfig.criteriaList'],
  [
    range(20, 2048),
    `iamRoleArn provisioningRoleArn roleArnForLogging AlertTarget.roleArn AuditNotificationTarget.roleArn
    CreateCommandRequest.roleArn CreateMitigationActionRequest.roleArn CreateOTAUpdateRequest.roleArn
    CreateRoleAliasRequest.roleArn CreateStreamRequest.roleArn MetricsExportConfig.roleArn
    PresignedUrlConfig.roleArn RegistrationConfig.roleArn StartThingRegistrationTaskRequest.roleArn
    UpdateAccountAuditConfigurationRequest.roleArn UpdateMitigationActionRequest.roleArn
    UpdateRoleAliasRequest.roleArn UpdateStreamRequest.roleArn VersionUpdateByJobsConfig.roleArn`,
  ],
  [{ min: 40 }, 'token'],
  [{ max: 350 }, 'topicArn'],
  [range(1, 50), 'files'],
  [{ max: 256 }, 'Value'],
  [
    { max: 40 },
    `DescribeThingRegistrationTaskRequest.taskId ListThingRegistrationTaskReportsRequest.taskId
    StopThingRegistrationTaskRequest.taskId`,
  ],
  [{ max: 10_240 }, 'templateBody'],
  [range(1, 6144), 'TestInvokeAuthorizerRequest.token'],
  [{ min: 0 }, 'count'],
  [{ max: 2000 }, 'confirmationUrl HttpAction.url'],
  [
    {},
    `AwsJobExponentialRolloutRate.incrementFactor AwsJobPresignedUrlConfig.expiresInSec
    CloudwatchMetricAction.metricName Field.name GeoLocationTarget.name InfluxDBBatchConfig.maxBatchOpenMs
    InfluxDBBatchConfig.maxBatchSize InfluxDBBatchConfig.maxBatchSizeBytes
    ListMetricValuesRequest.metricName LocationTimestamp.unit MetricValue.number MetricValue.numbers
    MetricValue.strings SnsAction.targetArn TimestreamDimension.name TimestreamTimestamp.unit
    TopicRulePayload.description`,
  ],
])
