// The files of ecspresso for one service, with templates in them.

/** The quote around what a template is given. */
const tick = '`'

export const ecspressoFiles = {
  'ecspresso.yml': String.raw`region: eu-west-1
cluster: shop
service: '{{ env ${tick}SERVICE${tick} ${tick}web${tick} }}'
service_definition: ecs-service-def.json
task_definition: ecs-task-def.json
timeout: 10m0s
plugins:
  - name: tfstate
    config: { url: s3://terraform/shop.tfstate }
ignore: { tags: [owner] }
`,
  'ecs-task-def.json': String.raw`{
	"family": "web-{{ must_env ${tick}STAGE${tick} }}",
	"cpu": "256",
	"memory": "512",
	"networkMode": "awsvpc",
	"requiresCompatibilities": ["FARGATE"],
	"executionRoleArn": "{{ tfstate ${tick}aws_iam_role.execution.arn${tick} }}",
	"containerDefinitions": [
		{
			"name": "web",
			"image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:{{ must_env ${tick}TAG${tick} }}",
			"essential": {{ env "ESSENTIAL" "true" }},
			"cpu": {{ env ${tick}CPU${tick} ${tick}128${tick} }},
			"environment": [
				{ "name": "URL", "value": "https://{{ env ${tick}HOST${tick} ${tick}OTHER_HOST${tick} ${tick}shop.example.com${tick} }}/" },
				{ "name": "JSON", "value": "{{ must_env ${tick}JSON${tick} | json_escape }}" },
				{ "name": "API_TOKEN", "value": "tok-9s8d7f6s8d7f" },
				{ "name": "QUOTED", "value": "a \"quoted\" {not} \\{{ must_env ${tick}STAGE${tick} }}" }
			],
			"secrets": [{ "name": "DB", "valueFrom": "{{ ssm ${tick}/shop/db-arn${tick} }}" }]
		},
		{ "name": "nginx", "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/nginx:{{ must_env ${tick}TAG${tick} }}" }
	],
	"tags": [{ "key": "team", "value": "shop" }]
}
`,
  'ecs-service-def.json': String.raw`{
  "launchType": "FARGATE",
  "schedulingStrategy": "REPLICA",
  "deploymentController": { "type": "ECS" },
  "desiredCount": {{ env ${tick}COUNT${tick} ${tick}2${tick} }},
  "enableExecuteCommand": true,
  "healthCheckGracePeriodSeconds": 30,
  "networkConfiguration": { "awsvpcConfiguration": { "subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": "DISABLED" } },
  "deploymentConfiguration": { "maximumPercent": 200, "minimumHealthyPercent": 100 },
  "propagateTags": null,
  "tags": [{ "key": "owner", "value": "shop" }]
}
`,
}
