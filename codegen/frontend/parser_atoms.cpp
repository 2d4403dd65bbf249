// Names, literals, displays, comprehensions and call arguments.
#include "codegen/frontend/literals.h"
#include "codegen/frontend/parser.h"

namespace turnstile::frontend {

Expr* Parser::constant(const Span& span, Constant c) {
  auto* e = arena_.make<ConstantExpr>();
  e->kind = ExprKind::constant;
  e->span = span;
  e->value = arena_.constant(std::move(c));
  return e;
}

Expr* Parser::number() {
  Span span = cur().span;
  Constant value;
  std::string error;
  if (!number_value(text(cur()), &value, &error)) fail(span, error);
  next();
  return constant(span, std::move(value));
}

Expr* Parser::atom() {
  Span span = cur().span;
  auto simple = [&](Constant::Kind kind) {
    next();
    return constant(span, Constant::of_kind(kind));
  };
  switch (cur().kind) {
    case Tok::name: {
      auto* e = arena_.make<NameExpr>();
      e->kind = ExprKind::name;
      e->span = span;
      e->id = text(cur());
      next();
      return e;
    }
    case Tok::number:
      return number();
    case Tok::string:
      return strings();
    case Tok::kw_None:
      return simple(Constant::Kind::none);
    case Tok::kw_True:
      return simple(Constant::Kind::true_);
    case Tok::kw_False:
      return simple(Constant::Kind::false_);
    case Tok::ellipsis:
      return simple(Constant::Kind::ellipsis);
    case Tok::lpar:
      return parenthesized();
    case Tok::lsqb:
      return list_display();
    case Tok::lbrace:
      return brace_display();
    default:
      fail();
      return constant(span, {});
  }
}

Expr* Parser::parenthesized() {
  Span start = cur().span;
  next();
  auto make_tuple = [&](const std::vector<Expr*>& items) {
    expect(Tok::rpar);
    auto* e = arena_.make<SequenceExpr>();
    e->kind = ExprKind::tuple;
    e->span = from(start);
    e->items = arena_.slice(items);
    return e;
  };
  if (at(Tok::rpar)) return make_tuple({});
  if (at(Tok::kw_yield)) {
    Expr* e = yield_expression();
    expect(Tok::rpar);
    return e;
  }
  if (at(Tok::double_star)) {
    Span stars = cur().span;
    Mark mark = save();
    next();
    expression();
    bool good = !failed_ && at(Tok::rpar);
    restore(mark);
    if (good) fail(stars, "cannot use double starred expression here");
    fail();
    return constant(start, {});
  }
  Expr* first = star_named_expression();
  if (at(Tok::kw_for) || at(Tok::kw_async)) {
    if (first->kind == ExprKind::starred) fail(first->span, "iterable unpacking cannot be used in comprehension");
    Expr* e = comprehension(ExprKind::generator, start, first, nullptr);
    expect(Tok::rpar);
    e->span = from(start);
    return e;
  }
  if (at(Tok::comma)) {
    std::vector<Expr*> items{first};
    while (accept(Tok::comma)) {
      if (at(Tok::rpar)) break;
      items.push_back(star_named_expression());
    }
    return make_tuple(items);
  }
  if (first->kind == ExprKind::starred && at(Tok::rpar)) fail(first->span, "cannot use starred expression here");
  expect(Tok::rpar);
  return first;
}

Expr* Parser::list_display() {
  Span start = cur().span;
  next();
  std::vector<Expr*> items;
  if (!at(Tok::rsqb)) {
    Expr* first = star_named_expression();
    if (at(Tok::kw_for) || at(Tok::kw_async)) {
      if (first->kind == ExprKind::starred) fail(first->span, "iterable unpacking cannot be used in comprehension");
      Expr* e = comprehension(ExprKind::list_comp, start, first, nullptr);
      expect(Tok::rsqb);
      e->span = from(start);
      return e;
    }
    items.push_back(first);
    while (accept(Tok::comma)) {
      if (at(Tok::rsqb)) break;
      if (at(Tok::kw_for)) {
        fail(join(first->span, previous().span), "did you forget parentheses around the comprehension target?");
        break;
      }
      items.push_back(star_named_expression());
    }
    if (at(Tok::kw_for)) {
      fail(join(first->span, items.back()->span), "did you forget parentheses around the comprehension target?");
    }
  }
  expect(Tok::rsqb);
  auto* e = arena_.make<SequenceExpr>();
  e->kind = ExprKind::list;
  e->span = from(start);
  e->items = arena_.slice(items);
  return e;
}

/// Set and dict displays and comprehensions.
Expr* Parser::brace_display() {
  Span start = cur().span;
  next();
  std::vector<Expr*> keys, values;
  bool is_dict = at(Tok::rbrace);
  // `key` was parsed already, or is null.
  auto dict_item = [&](Expr* key) {
    if (key == nullptr && accept(Tok::double_star)) {
      keys.push_back(nullptr);
      values.push_back(bitwise_or());
      return;
    }
    if (key == nullptr) {
      bool saved = speculating_;
      speculating_ = true;  // a missing ':' is reported below
      key = expression();
      speculating_ = saved;
    }
    if (!at(Tok::colon)) {
      Span s{key->span.end_line, key->span.end_column == 0 ? 0 : key->span.end_column - 1, 0, 0};
      fail(s, "':' expected after dictionary key");
      return;
    }
    Span colon = cur().span;
    next();
    if (at(Tok::rbrace) || at(Tok::comma)) return fail(colon, "expression expected after dictionary key and ':'");
    if (at(Tok::star)) {
      Span star = cur().span;
      Mark mark = save();
      next();
      bitwise_or();
      Span last = cur().span;
      restore(mark);
      return fail_from(star, last, "cannot use a starred expression in a dictionary value");
    }
    keys.push_back(key);
    values.push_back(expression());
  };
  if (!is_dict) {
    if (at(Tok::double_star)) {
      is_dict = true;
      Span stars = cur().span;
      dict_item(nullptr);
      if (at(Tok::kw_for)) fail(stars, "dict unpacking cannot be used in dict comprehension");
    } else {
      bool parenthesized = at(Tok::lpar);
      Expr* first = star_named_expression();
      if (at(Tok::colon) && first->kind != ExprKind::starred && (first->kind != ExprKind::named || parenthesized)) {
        is_dict = true;
        dict_item(first);
        if (at(Tok::kw_for) || at(Tok::kw_async)) {
          Expr* e = comprehension(ExprKind::dict_comp, start, values.empty() ? first : values[0],
                                  keys.empty() ? first : keys[0]);
          expect(Tok::rbrace);
          e->span = from(start);
          return e;
        }
      } else {
        if (at(Tok::kw_for) || at(Tok::kw_async)) {
          if (first->kind == ExprKind::starred) fail(first->span, "iterable unpacking cannot be used in comprehension");
          Expr* e = comprehension(ExprKind::set_comp, start, first, nullptr);
          expect(Tok::rbrace);
          e->span = from(start);
          return e;
        }
        values.push_back(first);
      }
    }
  }
  while (!failed_ && accept(Tok::comma)) {
    if (at(Tok::rbrace)) break;
    if (is_dict) {
      dict_item(nullptr);
    } else {
      values.push_back(star_named_expression());
      if (at(Tok::kw_for)) {
        fail(join(values[0]->span, values.back()->span), "did you forget parentheses around the comprehension target?");
      }
    }
  }
  expect(Tok::rbrace);
  if (is_dict) {
    auto* e = arena_.make<DictExpr>();
    e->kind = ExprKind::dict;
    e->span = from(start);
    e->keys = arena_.slice(keys);
    e->values = arena_.slice(values);
    return e;
  }
  auto* e = arena_.make<SequenceExpr>();
  e->kind = ExprKind::set;
  e->span = from(start);
  e->items = arena_.slice(values);
  return e;
}

Slice<ForClause> Parser::for_clauses() {
  std::vector<ForClause> clauses;
  while (at(Tok::kw_for) || at(Tok::kw_async)) {
    if (at(Tok::kw_async)) fail();
    next();
    ForClause clause{};
    clause.target = target_list(Tok::kw_in);
    expect(Tok::kw_in);
    clause.iterable = disjunction();
    forgotten_comma(clause.iterable, clause.iterable->span);
    std::vector<Expr*> conditions;
    while (accept(Tok::kw_if)) {
      conditions.push_back(disjunction());
      forgotten_comma(conditions.back(), conditions.back()->span);
    }
    clause.conditions = arena_.slice(conditions);
    clauses.push_back(clause);
  }
  return arena_.slice(clauses);
}

Expr* Parser::comprehension(ExprKind kind, const Span& start, Expr* element, Expr* key) {
  auto* e = arena_.make<ComprehensionExpr>();
  e->kind = kind;
  e->element = element;
  e->key = key;
  e->clauses = for_clauses();
  e->span = from(start);
  return e;
}

/// Arguments of a call or class statement, through the closing parenthesis; the current token is behind `open`.
void Parser::arguments(const Span& open, bool generator_allowed, std::vector<Expr*>* args,
                       std::vector<Keyword>* keywords) {
  bool seen_keyword = false, seen_unpacking = false;
  const char* order_error = nullptr;
  while (!at(Tok::rpar) && !failed_) {
    Span start = cur().span;
    if (accept(Tok::star)) {
      if (seen_unpacking) fail(start, "iterable argument unpacking follows keyword argument unpacking");
      auto* e = arena_.make<StarredExpr>();
      e->kind = ExprKind::starred;
      e->value = expression();
      e->span = from(start);
      args->push_back(e);
    } else if (accept(Tok::double_star)) {
      seen_unpacking = true;
      Expr* value = expression();
      keywords->push_back({"", value, from(start)});
    } else if (at(Tok::name) && peek().kind == Tok::equal) {
      seen_keyword = true;
      std::string_view name = text(cur());
      next();
      Span equal = cur().span;
      next();
      if (at(Tok::comma) || at(Tok::rpar)) {
        fail();
        return;
      }
      Expr* value = expression();
      if (at(Tok::kw_for)) {
        fail(join(start, equal), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        return;
      }
      keywords->push_back({name, value, from(start)});
    } else if ((at(Tok::kw_True) || at(Tok::kw_False) || at(Tok::kw_None)) && peek().kind == Tok::equal) {
      fail(join(start, peek().span), "cannot assign to " + std::string(text(cur())));
      return;
    } else {
      Expr* e = nullptr;
      if (at(Tok::name) && peek().kind == Tok::colon_equal) {
        e = named_expression();
      } else {
        e = expression();
        if (at(Tok::colon_equal)) fail(e->span, std::string("cannot use assignment expressions with ") + describe(e));
      }
      if (at(Tok::equal)) {
        fail(join(e->span, cur().span), "expression cannot contain assignment, perhaps you meant \"==\"?");
        return;
      }
      if ((at(Tok::kw_for) || at(Tok::kw_async)) && !generator_allowed) fail();
      if (at(Tok::kw_for) || at(Tok::kw_async)) {
        bool alone = args->empty() && keywords->empty();
        Expr* generator = comprehension(ExprKind::generator, start, e, nullptr);
        Span whole = generator->span;
        if (alone && at(Tok::rpar)) {
          generator->span = join(open, cur().span);
        } else if (!alone || (at(Tok::comma))) {
          fail(whole, "Generator expression must be parenthesized");
          return;
        }
        e = generator;
      }
      if ((seen_keyword || seen_unpacking) && order_error == nullptr) {
        order_error = seen_unpacking ? "positional argument follows keyword argument unpacking"
                                     : "positional argument follows keyword argument";
      }
      args->push_back(e);
    }
    if (!accept(Tok::comma)) break;
  }
  if (order_error != nullptr && !failed_) fail_here(order_error);
  expect(Tok::rpar);
}

}  // namespace turnstile::frontend
