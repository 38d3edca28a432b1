"""Runs the Python original with a definition: `original.py DEFINITION.json deploy TAG`, `… rollback`."""

import json
import sys

from ecs_task import ECSTask

with open(sys.argv[1]) as file:
    declared = json.load(file)


class Task(ECSTask):
    task_definition = declared["taskDefinition"]
    update_services = declared.get("updateServices", [])
    run_tasks = declared.get("runTasks", [])
    events__put_targets = declared.get("eventTargets", [])
    active_task_count = declared.get("activeTaskCount", 10)
    sns_notification_topic_arn = declared.get("snsNotificationTopicArn")


Task().main(sys.argv[2:])
