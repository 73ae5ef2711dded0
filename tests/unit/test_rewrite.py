"""What the emulator is given instead of what it cannot read."""

from typing import Any

from local.rewrite import METHODS, rewrite

IDS = {"Public": "face0001", "Internal": "de5c0001"}
ANY = "x-amazon-apigateway-any-method"


def operation(function: str) -> dict[str, Any]:
    uri = {"Fn::Sub": f"arn:aws:apigateway:here:lambda:path/2015-03-31/functions/${{{function}.Arn}}/invocations"}
    return {"x-amazon-apigateway-integration": {"type": "aws_proxy", "uri": uri, "payloadFormatVersion": "2.0"}}


def http_api(paths: dict[str, Any]) -> dict[str, Any]:
    return {"Resources": {"Public": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Body": {"paths": paths}}}}}


def rest_api(paths: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {
        "Resources": {
            "Internal": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": {"paths": paths}, **properties}}
        }
    }


def rewritten(template: dict[str, Any], **variables: str) -> dict[str, Any]:
    resources: dict[str, Any] = rewrite(template, api_ids=IDS, variables=variables)["Resources"]
    return resources


def routes(resources: dict[str, Any]) -> dict[str, str]:
    """The functions' names by route key."""
    return {
        it["Properties"]["RouteKey"]: it["Properties"]["Target"]["Fn::Sub"]
        for it in resources.values()
        if it["Type"] == "AWS::ApiGatewayV2::Route"
    }


def test_each_path_of_an_http_api_becomes_a_route_to_its_function() -> None:
    paths = {"/tickets": {ANY: operation("Tickets")}, "/tickets/{proxy+}": {"get": operation("Tickets")}}

    resources = rewritten(http_api(paths))

    assert routes(resources) == {
        "ANY /tickets": "integrations/${PublicToTickets}",
        "GET /tickets/{proxy+}": "integrations/${PublicToTickets}",
    }


def test_the_default_path_becomes_the_default_route() -> None:
    resources = rewritten(http_api({"/$default": {ANY: operation("Site")}}))

    assert routes(resources) == {"$default": "integrations/${PublicToSite}"}


def test_functions_behind_one_api_have_one_integration_each() -> None:
    paths = {"/a": {ANY: operation("First")}, "/b": {ANY: operation("First")}, "/c": {ANY: operation("Second")}}

    resources = rewritten(http_api(paths))

    integrations = {name: it for name, it in resources.items() if it["Type"] == "AWS::ApiGatewayV2::Integration"}
    assert integrations.keys() == {"PublicToFirst", "PublicToSecond"}
    assert integrations["PublicToFirst"]["Properties"] == {
        "ApiId": {"Ref": "Public"},
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": operation("First")["x-amazon-apigateway-integration"]["uri"],
        "PayloadFormatVersion": "2.0",
    }


def test_an_http_api_loses_its_body_and_gets_its_pinned_id() -> None:
    resources = rewritten(http_api({}))

    assert resources["Public"]["Properties"] == {"ProtocolType": "HTTP", "Tags": {"ms-custom-id": "face0001"}}


def test_any_method_of_a_rest_api_becomes_every_method() -> None:
    resources = rewritten(rest_api({"/queue": {ANY: operation("Desk")}}))

    operations = resources["Internal"]["Properties"]["Body"]["paths"]["/queue"]
    assert operations == dict.fromkeys(METHODS, operation("Desk"))


def test_a_method_of_its_own_wins_over_any_method() -> None:
    resources = rewritten(rest_api({"/queue": {ANY: operation("Desk"), "get": operation("Site")}}))

    operations = resources["Internal"]["Properties"]["Body"]["paths"]["/queue"]
    assert operations["get"] == operation("Site")
    assert operations["post"] == operation("Desk")


def test_a_rest_api_gets_readable_media_types_and_its_pinned_id() -> None:
    resources = rewritten(rest_api({}, BinaryMediaTypes=["*~1*"]))

    assert resources["Internal"]["Properties"]["BinaryMediaTypes"] == ["*/*"]
    assert resources["Internal"]["Properties"]["Tags"] == [{"Key": "ms-custom-id", "Value": "de5c0001"}]


def test_functions_keep_their_variables_and_get_ours() -> None:
    function = {"Type": "AWS::Lambda::Function", "Properties": {"Environment": {"Variables": {"TABLE": "desk"}}}}
    bare = {"Type": "AWS::Lambda::Function", "Properties": {}}

    resources = rewritten({"Resources": {"Full": function, "Bare": bare}}, PYTHONPATH="functions")

    assert resources["Full"]["Properties"]["Environment"]["Variables"] == {"TABLE": "desk", "PYTHONPATH": "functions"}
    assert resources["Bare"]["Properties"]["Environment"]["Variables"] == {"PYTHONPATH": "functions"}


def test_everything_else_stays_as_it_is_and_the_input_too() -> None:
    template = {
        "Resources": {
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": 1}},
            **http_api({})["Resources"],
        }
    }
    before = repr(template)

    assert rewritten(template)["Queue"] == {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": 1}}
    assert repr(template) == before


def test_callers_of_an_alias_call_its_function_and_the_alias_goes() -> None:
    path = "arn:aws:apigateway:here:lambda:path/functions/${TicketsAlias}/invocations"
    resources = rewritten(
        {
            "Resources": {
                "Tickets": {"Type": "AWS::Lambda::Function", "Properties": {}},
                "TicketsVersion1": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": "Tickets"}}},
                "TicketsAlias": {"Type": "AWS::Lambda::Alias", "Properties": {"FunctionName": {"Ref": "Tickets"}}},
                "Deployments": {"Type": "AWS::CodeDeploy::Application"},
                "CodeDeployServiceRole": {"Type": "AWS::IAM::Role", "Properties": {}},
                "Schedule": {"Type": "X", "Properties": {"Target": {"Ref": "TicketsAlias"}, "Uri": {"Fn::Sub": path}}},
            }
        }
    )

    assert resources.keys() == {"Tickets", "Schedule"}
    assert resources["Schedule"]["Properties"] == {
        "Target": {"Fn::GetAtt": ["Tickets", "Arn"]},
        "Uri": {"Fn::Sub": "arn:aws:apigateway:here:lambda:path/functions/${Tickets.Arn}/invocations"},
    }


def test_what_the_emulator_cannot_sum_goes_with_the_page_that_names_it() -> None:
    resources = rewritten(
        {
            "Resources": {
                "OnASum": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Metrics": []}},
                "Plain": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"MetricName": "Errors"}},
                "Page": {"Type": "AWS::CloudWatch::Dashboard", "Properties": {}},
            }
        }
    )

    assert resources.keys() == {"Plain"}
