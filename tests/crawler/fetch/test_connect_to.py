import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.connect_to import ConnectRule, ConnectTo, Target

NAMES = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?(\.[a-z]{2,5}){0,2}", fullmatch=True)
HOSTS = st.one_of(st.just(""), NAMES, st.ip_addresses(v=4).map(str), st.ip_addresses(v=6).map(str))
PORTS = st.one_of(st.none(), st.integers(1, 65535))
RULES = st.builds(ConnectRule, host=HOSTS, port=PORTS, target=HOSTS, target_port=PORTS)


@given(RULES)
def test_parsing_what_a_rule_prints_gives_the_rule(rule):
    assert ConnectRule.parse(str(rule)) == rule


@given(st.text(alphabet="[]:.a1%é \x00", max_size=30))
def test_any_text_is_a_rule_or_one_line_of_complaint(text):
    try:
        rule = ConnectRule.parse(text)
    except ValueError as error:
        complaint = str(error)
    else:
        assert ConnectRule.parse(str(rule)) == rule
        return
    assert complaint.startswith("--connect-to")
    assert complaint.isprintable()


@given(rules=st.lists(RULES, max_size=4), host=NAMES, port=st.integers(1, 65535))
def test_the_first_rule_that_matches_holds(rules, host, port):
    target = ConnectTo(rules).target(host, port)
    for rule in rules:
        if rule.host in ("", host) and rule.port in (None, port):
            assert target.host == (rule.target or host)
            assert target.port == (rule.target_port or port)
            assert target.is_named == bool(rule.target)
            return
    assert target == Target(host=host, port=port, is_named=False)


@pytest.mark.parametrize(
    ("rule", "host", "port", "target"),
    [
        ("a.example:443:b.example:8443", "a.example", 443, ("b.example", 8443)),
        ("a.example:443:b.example:8443", "A.Example.", 443, ("b.example", 8443)),
        ("a.example:443:b.example:8443", "a.example", 80, ("a.example", 80)),
        ("a.example:443:b.example:8443", "c.example", 443, ("c.example", 443)),
        ("::127.0.0.1:8080", "c.example", 443, ("127.0.0.1", 8080)),
        ("a.example::b.example:", "a.example", 81, ("b.example", 81)),
        (":::8080", "a.example", 80, ("a.example", 8080)),
        ("[2001:DB8::1]:443:[::1]:8443", "[2001:db8::1]", 443, ("::1", 8443)),
        ("[2001:db8:0::1]:443:[::1]:8443", "2001:db8::1", 443, ("::1", 8443)),
        ("bücher.example:80:b.example:81", "xn--bcher-kva.example", 80, ("b.example", 81)),
    ],
)
def test_rules_mean_what_curls_mean(rule, host, port, target):
    found = ConnectTo.parse([rule]).target(host, port)
    assert (found.host, found.port) == target


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.example",
        "a.example:80",
        "a.example:80:b.example",
        "a:80:b:81:82",
        "a:http:b:81",
        "a:0:b:81",
        "a:80:b:65536",
        "::1:80:b:81",
        "[a.example]:80:b:81",
        "[::1:80:b:81",
        "a:80:[::1]:81\r\nX: y",
    ],
)
def test_what_is_no_rule_is_refused_in_one_line(text):
    with pytest.raises(ValueError, match=r"^--connect-to") as caught:
        ConnectRule.parse(text)
    assert len(str(caught.value).splitlines()) == 1
